package dev.starling.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Writes one-layer images into a layout byte by byte, so that any byte of them can be wrong. */
final class BadImage {
  private static final int BLOCK = 512;

  private BadImage() {}

  /**
   * A layout with one image, tag {@code latest}, whose manifest names this layer as gzipped tar.
   */
  static Path layout(Path directory, byte[] layer) throws IOException {
    return layout(directory, layer, 0);
  }

  /**
   * The same with spaces at the manifest's end.
   *
   * @param padding how many bytes of them
   */
  static Path layout(Path directory, byte[] layer, int padding) throws IOException {
    Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    String config =
        """
        {"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["%s"]}}\
        """
            .formatted(diffId(layer));
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":%s,"layers":[%s]}\
        """
                .formatted(
                    descriptor("config.v1+json", blob(directory, bytes(config)), config.length()),
                    descriptor("layer.v1.tar+gzip", blob(directory, layer), layer.length))
            + " ".repeat(padding);
    String entry =
        descriptor("manifest.v1+json", blob(directory, bytes(manifest)), manifest.length());
    String named =
        entry.substring(0, entry.length() - 1)
            + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"latest\"}}";
    Files.writeString(
        directory.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
    return directory;
  }

  /** Where a layout keeps a blob. */
  static Path blobFile(Path layout, byte[] content) {
    return layout.resolve("blobs").resolve(digest(content).replace(':', '/'));
  }

  /** A tar of one file of 2,000 bytes. */
  static byte[] tar() {
    byte[] tar = new byte[BLOCK * 7];
    put(tar, 0, "file");
    put(tar, 100, "0000644\0" + "0000000\0" + "0000000\0" + "00000003720\0" + "00000000000\0");
    put(tar, 148, "        0");
    put(tar, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    put(tar, 148, "%06o\0 ".formatted(sum));
    return tar;
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  /** The digest of the layer's content, or of itself if it cannot be inflated. */
  private static String diffId(byte[] layer) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(layer))) {
      return digest(in.readAllBytes());
    } catch (IOException e) {
      return digest(layer);
    }
  }

  private static void put(byte[] target, int offset, String text) {
    byte[] source = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(source, 0, target, offset, source.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String blob(Path layout, byte[] content) throws IOException {
    Files.write(blobFile(layout, content), content);
    return digest(content);
  }

  private static String descriptor(String type, String digest, long size) {
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest, size);
  }

  static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
