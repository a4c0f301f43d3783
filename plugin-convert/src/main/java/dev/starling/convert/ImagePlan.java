package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of an image is converted, what is taken along as it is, and what is left out.
 *
 * @param root the image's manifest or index
 * @param index the index, or null if the image is a single one
 * @param entries what is in the result, in the index's order
 * @param platforms the platforms of all images of the index, also those that are left out
 */
record ImagePlan(
    RawManifest root, @Nullable Index index, List<Entry> entries, Map<Digest, Platform> platforms) {

  /** The annotation by which BuildKit's attestations name the image they are about. */
  static final String REFERENCE = "vnd.docker.reference.digest";

  /** One entry of the result. */
  sealed interface Entry {

    /** How the index names it. */
    Descriptor descriptor();
  }

  /**
   * An image to convert.
   *
   * @param platform as the index says, or null if it does not
   */
  record Image(
      Descriptor descriptor, RawManifest raw, Manifest manifest, @Nullable Platform platform)
      implements Entry {}

  /** Anything else: attestations, artifacts, indexes, blobs; taken along as it is. */
  record Other(Descriptor descriptor) implements Entry {}

  ImagePlan {
    entries = List.copyOf(entries);
    platforms = Map.copyOf(platforms);
  }

  /** The images to convert. */
  List<Image> images() {
    return entries.stream().filter(Image.class::isInstance).map(Image.class::cast).toList();
  }

  /**
   * Looks at an image.
   *
   * @throws CommandException if it has no image for any of the platforms
   */
  static ImagePlan read(ImageSource source, RawManifest root, PlatformSelection platforms)
      throws IOException {
    if (!root.isIndex()) {
      requireManifest(root);
      Image image = new Image(root.descriptor(), root, Manifest.parse(root), null);
      return new ImagePlan(root, null, List.of(image), Map.of());
    }
    Index index = Index.parse(root);
    List<Entry> entries = new ArrayList<>();
    for (Descriptor entry : index.manifests()) {
      if (refersTo(entry) != null || platforms.accepts(entry)) {
        entries.add(classify(source, entry));
      }
    }
    Set<Digest> kept = new HashSet<>();
    entries.stream()
        .filter(Image.class::isInstance)
        .forEach(entry -> kept.add(entry.descriptor().digest()));
    // What is said of an image that is left out is left out with it.
    entries.removeIf(entry -> {
      Digest image = refersTo(entry.descriptor());
      return image != null && !kept.contains(image) && !platforms.accepts(entry.descriptor());
    });
    if (kept.isEmpty() && (entries.isEmpty() || platforms instanceof PlatformSelection.Any)) {
      throw new CommandException(
          "the image has no %s; it has %s; choose with --platform or take --all-platforms"
              .formatted(platforms, platformsOf(index)));
    }
    return new ImagePlan(root, index, entries, known(index));
  }

  private static Entry classify(ImageSource source, Descriptor entry) throws IOException {
    if (refersTo(entry) != null || !entry.mediaType().isManifest()) {
      return new Other(entry);
    }
    RawManifest raw = source.manifest(entry.digest().toString());
    requireManifest(raw);
    Manifest manifest = Manifest.parse(raw);
    MediaType config = manifest.config().mediaType();
    return config.equals(MediaType.OCI_CONFIG) || config.equals(MediaType.DOCKER_CONFIG)
        ? new Image(entry, raw, manifest, entry.platform())
        : new Other(entry);
  }

  /** The image that an entry says something about, or null if it does not. */
  static @Nullable Digest refersTo(Descriptor entry) {
    String digest = entry.annotations().get(REFERENCE);
    try {
      return digest == null ? null : Digest.parse(digest);
    } catch (IllegalArgumentException e) {
      return null; // an annotation of somebody else's
    }
  }

  private static void requireManifest(RawManifest raw) throws InvalidImageException {
    if (!raw.mediaType().isManifest()) {
      throw new InvalidImageException(
          raw.digest() + " is a " + raw.mediaType() + "; expected an image manifest");
    }
  }

  private static Map<Digest, Platform> known(Index index) {
    Map<Digest, Platform> known = new HashMap<>();
    for (Descriptor entry : index.manifests()) {
      Platform platform = entry.platform();
      if (platform != null) {
        known.putIfAbsent(entry.digest(), platform);
      }
    }
    return known;
  }

  private static String platformsOf(Index index) {
    return index.manifests().stream()
        .filter(entry -> refersTo(entry) == null)
        .map(Descriptor::platform)
        .map(platform -> platform == null ? "an image for any platform" : platform.toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
