package org.example.sizereport;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.layout.OciLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** An image of plain tars in an OCI layout. */
final class SampleImage {

  private static final int BLOCK = 512;

  private final List<byte[]> layers = new ArrayList<>();
  private ByteArrayOutputStream tar = new ByteArrayOutputStream();

  /** Adds a file of so many bytes to the layer. */
  SampleImage file(String name, int size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b;
    }
    put(header, 148, "%06o\0".formatted(sum));
    tar.writeBytes(header);
    tar.writeBytes(new byte[(size + BLOCK - 1) / BLOCK * BLOCK]);
    return this;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  /** Ends the layer. */
  SampleImage layer() {
    tar.writeBytes(new byte[2 * BLOCK]);
    layers.add(tar.toByteArray());
    tar = new ByteArrayOutputStream();
    return this;
  }

  /**
   * Writes the image.
   *
   * @return its reference
   */
  String writeTo(Path layout) throws IOException {
    try (ImageSink sink = OciLayout.create(layout).sink()) {
      Descriptor config =
          put(sink, MediaType.OCI_CONFIG, "{}".getBytes(StandardCharsets.US_ASCII));
      List<Descriptor> blobs = new ArrayList<>();
      for (byte[] layer : layers) {
        blobs.add(put(sink, MediaType.OCI_LAYER, layer));
      }
      Manifest manifest =
          new Manifest(MediaType.OCI_MANIFEST, null, config, blobs, null, new TreeMap<>());
      sink.putManifest(manifest.toRaw(), "v1");
    }
    return "local://" + layout + ":v1";
  }

  private static Descriptor put(ImageSink sink, MediaType type, byte[] content)
      throws IOException {
    Descriptor blob = Descriptor.of(type, Digest.sha256(content), content.length);
    sink.putBlob(blob, offset -> skipped(content, offset), null);
    return blob;
  }

  private static ByteArrayInputStream skipped(byte[] content, long offset) {
    return new ByteArrayInputStream(content, (int) offset, content.length - (int) offset);
  }
}
