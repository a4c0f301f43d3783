package dev.starling.api.copy;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.content.VerifyingInputStream;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A repository in memory that keeps the order of what was written. */
final class MemoryRepository implements ImageSource, ImageSink {

  final Map<String, RawManifest> manifests = new ConcurrentHashMap<>();
  final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  final List<Digest> written = Collections.synchronizedList(new ArrayList<>());

  Descriptor addBlob(MediaType type, byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    blobs.put(digest, bytes);
    return Descriptor.of(type, digest, bytes.length);
  }

  RawManifest addImage(String text, int layers) {
    List<Descriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      descriptors.add(
          addBlob(
              MediaType.OCI_LAYER_GZIP, (text + " layer " + i).getBytes(StandardCharsets.UTF_8)));
    }
    Descriptor config =
        addBlob(MediaType.OCI_CONFIG, (text + " config").getBytes(StandardCharsets.UTF_8));
    return addManifest(
        new Manifest(MediaType.OCI_MANIFEST, null, config, descriptors, null, new TreeMap<>())
            .toRaw());
  }

  RawManifest addIndex(Map<Platform, RawManifest> images) {
    List<Descriptor> entries = new ArrayList<>();
    images.forEach((platform, raw) -> entries.add(raw.descriptor().withPlatform(platform)));
    return addManifest(
        new Index(MediaType.OCI_INDEX, null, entries, null, new TreeMap<>()).toRaw());
  }

  RawManifest addManifest(RawManifest raw) {
    manifests.put(raw.digest().toString(), raw);
    return raw;
  }

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    RawManifest raw = manifests.get(tagOrDigest);
    if (raw == null) {
      throw new ContentNotFoundException("no manifest " + tagOrDigest);
    }
    return raw;
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      throw new ContentNotFoundException("no blob " + digest);
    }
    return Descriptor.of(MediaType.OCTET_STREAM, digest, bytes.length);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    byte[] bytes = blobs.get(blob.digest());
    if (bytes == null) {
      throw new ContentNotFoundException("no blob " + blob.digest());
    }
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> tags() {
    return manifests.keySet().stream().filter(key -> !key.contains(":")).sorted().toList();
  }

  @Override
  public boolean hasBlob(Descriptor blob) {
    return blobs.containsKey(blob.digest());
  }

  @Override
  public Outcome putBlob(Descriptor blob, BlobContent content, @Nullable String mountFrom)
      throws IOException {
    if (hasBlob(blob)) {
      return Outcome.EXISTS;
    }
    if (mountFrom != null) {
      blobs.put(blob.digest(), new byte[0]);
      return Outcome.MOUNTED;
    }
    try (InputStream in = new VerifyingInputStream(content.open(0), blob)) {
      blobs.put(blob.digest(), in.readAllBytes());
    }
    written.add(blob.digest());
    return Outcome.WRITTEN;
  }

  @Override
  public void putManifest(RawManifest manifest, @Nullable String tag) {
    addManifest(manifest);
    if (tag != null) {
      manifests.put(tag, manifest);
    }
    written.add(manifest.digest());
  }

  @Override
  public void close() {}
}
