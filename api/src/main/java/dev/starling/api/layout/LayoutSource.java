package dev.starling.api.layout;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One repository of a layout, read. */
final class LayoutSource implements ImageSource {

  private static final String DEFAULT_TAG = "latest";

  private final OciLayout layout;
  private final RepositoryNames names;

  LayoutSource(OciLayout layout, RepositoryNames names) {
    this.layout = layout;
    this.names = names;
  }

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    if (tagOrDigest.indexOf(':') >= 0) {
      return layout.manifest(Digest.parse(tagOrDigest));
    }
    List<Descriptor> entries = layout.entries();
    for (Descriptor entry : entries) {
      if (tagOrDigest.equals(names.tagOf(entry))) {
        return Manifests.read(layout, entry);
      }
    }
    // Programs that write a single image without a name mean this one.
    if (names.prefix().isEmpty()
        && tagOrDigest.equals(DEFAULT_TAG)
        && entries.size() == 1
        && !entries.getFirst().annotations().containsKey(RepositoryNames.REF_NAME)) {
      return Manifests.read(layout, entries.getFirst());
    }
    List<String> tags = tags();
    throw new ContentNotFoundException(
        "%s has no image '%s'; it has %s"
            .formatted(
                layout.directory(),
                names.nameOf(tagOrDigest),
                tags.isEmpty() ? "no tags" : String.join(", ", tags)));
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    long size = Files.size(layout.blobs().require(digest));
    return Descriptor.of(MediaType.OCTET_STREAM, digest, size);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    return layout.blobs().open(blob, offset);
  }

  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    return layout.blobs().openRandomAccess(blob);
  }

  @Override
  public @Nullable Path localFile(Descriptor blob) throws IOException {
    return layout.blobs().has(blob) ? layout.blobs().file(blob.digest()) : null;
  }

  @Override
  public List<String> tags() throws IOException {
    return layout.entries().stream()
        .map(names::tagOf)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** Nothing is held open between calls. */
  @Override
  public void close() {}
}
