package dev.starling.api.registry;

import dev.starling.api.content.BlobContent;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Blobs and manifests that tests move. */
final class TestContent {

  private TestContent() {}

  /** The same bytes for the same seed. */
  static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Descriptor descriptor(byte[] bytes) {
    return Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(bytes), bytes.length);
  }

  static BlobContent content(byte[] bytes) {
    return offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  static RawManifest manifest(Descriptor config, Descriptor... layers) {
    return new Manifest(
            MediaType.OCI_MANIFEST,
            null,
            config.withMediaType(MediaType.OCI_CONFIG),
            List.of(layers),
            null,
            new TreeMap<>())
        .toRaw();
  }
}
