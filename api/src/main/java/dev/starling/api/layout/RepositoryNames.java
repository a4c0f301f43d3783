package dev.starling.api.layout;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.reference.RegistryReference;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the tags of one repository are written in a layout's index: as a prefix before the tag in the
 * {@code org.opencontainers.image.ref.name} annotation.
 *
 * @param prefix what stands before the tag, empty if the tag stands alone
 * @param containerdName whether the name is also given in containerd's annotation
 * @param pinned the digest that a manifest without a tag is named by, or null
 * @param listsUntagged whether a manifest without a tag gets an entry of its own
 */
public record RepositoryNames(
    String prefix, boolean containerdName, @Nullable Digest pinned, boolean listsUntagged) {

  /** The annotation that names an image in a layout. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** The annotation that names an image when containerd imports a layout. */
  public static final String CONTAINERD_NAME = "io.containerd.image.name";

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  /** A layout that is one repository: the tag is the name. */
  public static RepositoryNames plain() {
    return new RepositoryNames("", false, null, true);
  }

  /** A repository of the local image store: {@code host/repository:tag}. */
  public static RepositoryNames stored(RegistryReference reference) {
    return new RepositoryNames(reference.name() + ":", true, reference.digest(), false);
  }

  /** A repository of a registry over a layout: {@code repository:tag}. */
  public static RepositoryNames served(String repository) {
    return new RepositoryNames(repository + ":", false, null, true);
  }

  /** The name that an image with this tag has in the index. */
  public String nameOf(String tag) {
    return prefix + tag;
  }

  /** The entry's tag, or null if it has none in this repository. */
  public @Nullable String tagOf(Descriptor entry) {
    String name = entry.annotations().get(REF_NAME);
    if (name == null || !name.startsWith(prefix)) {
      return null;
    }
    String tag = name.substring(prefix.length());
    return TAG.matcher(tag).matches() ? tag : null;
  }

  /**
   * The name of a manifest that is written without a tag, or null if it has none: a store's image
   * that was asked for by digest is called {@code host/repository@digest}.
   */
  @Nullable String nameOf(Digest digest) {
    return digest.equals(pinned) ? prefix.substring(0, prefix.length() - 1) + "@" + digest : null;
  }

  SortedMap<String, String> annotations(@Nullable String name) {
    SortedMap<String, String> annotations = new TreeMap<>();
    if (name != null) {
      annotations.put(REF_NAME, name);
      if (containerdName) {
        annotations.put(CONTAINERD_NAME, name);
      }
    }
    return annotations;
  }
}
