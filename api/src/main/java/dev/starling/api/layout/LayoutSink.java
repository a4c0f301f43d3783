package dev.starling.api.layout;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.BlobLease;
import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One repository of a layout, written. */
final class LayoutSink implements ImageSink {

  private final OciLayout layout;
  private final BlobFolder blobs;
  private final RepositoryNames names;
  private final BlobLease lease;

  LayoutSink(OciLayout layout, RepositoryNames names) {
    this.layout = layout;
    this.blobs = layout.blobs();
    this.names = names;
    this.lease = blobs.newLease();
  }

  @Override
  public boolean hasBlob(Descriptor blob) throws IOException {
    if (!blobs.has(blob)) {
      return false;
    }
    lease.hold(blob.digest());
    return blobs.has(blob);
  }

  @Override
  public Outcome putBlob(Descriptor blob, BlobContent content, @Nullable String mountFrom)
      throws IOException {
    lease.hold(blob.digest());
    return blobs.put(blob, content);
  }

  @Override
  public Outcome putFile(Descriptor blob, Path file) throws IOException {
    lease.hold(blob.digest());
    return blobs.adopt(blob, file);
  }

  @Override
  public void putManifest(RawManifest manifest, @Nullable String tag) throws IOException {
    if (!manifest.isIndex()) { // an index may be kept without the platforms that nobody wants
      Manifests.requireBlobs(blobs, manifest);
    }
    byte[] bytes = manifest.bytes();
    putBlob(
        manifest.descriptor(),
        offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset),
        null);
    String name = tag == null ? names.nameOf(manifest.digest()) : names.nameOf(tag);
    if (name == null && !names.listsUntagged()) {
      return;
    }
    if (name == null && isListed(manifest.digest())) {
      return;
    }
    Descriptor entry = manifest.descriptor().withAnnotations(names.annotations(name));
    layout.put(entry, replacedBy(entry, name, manifest));
  }

  private boolean isListed(Digest digest) throws IOException {
    return layout.entries().stream().anyMatch(entry -> entry.digest().equals(digest));
  }

  /**
   * The entry that had the name; and those without a name that the new one leads to or is, since
   * they were only listed so that they could be found.
   */
  private static Predicate<Descriptor> replacedBy(
      Descriptor entry, @Nullable String name, RawManifest manifest) throws IOException {
    Set<Digest> contained = new HashSet<>();
    contained.add(entry.digest());
    if (manifest.isIndex()) {
      Index.parse(manifest).manifests().forEach(child -> contained.add(child.digest()));
    }
    return old -> {
      String oldName = old.annotations().get(RepositoryNames.REF_NAME);
      return oldName == null
          ? old.annotations().isEmpty() && contained.contains(old.digest())
          : oldName.equals(name);
    };
  }

  @Override
  public void close() throws IOException {
    lease.close();
  }
}
