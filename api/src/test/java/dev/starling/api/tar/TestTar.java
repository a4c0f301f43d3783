package dev.starling.api.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Puts tars together block by block, also broken ones. */
public final class TestTar {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Adds a header with a right checksum. */
  public TestTar header(String name, char type, long size, String link) {
    byte[] header = new byte[TarEntry.BLOCK];
    put(header, 0, TarText.encode(name), 100);
    put(header, 100, "0000644\0".getBytes(StandardCharsets.US_ASCII), 8);
    put(header, 108, "0000000\0".getBytes(StandardCharsets.US_ASCII), 8);
    put(header, 116, "0000000\0".getBytes(StandardCharsets.US_ASCII), 8);
    if (size < 1L << 33) {
      put(header, 124, "%011o\0".formatted(size).getBytes(StandardCharsets.US_ASCII), 12);
    } else {
      header[124] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[135 - i] = (byte) (size >>> (8 * i));
      }
    }
    put(header, 136, "14524475400\0".getBytes(StandardCharsets.US_ASCII), 12);
    header[156] = (byte) type;
    put(header, 157, link.getBytes(StandardCharsets.UTF_8), 100);
    put(header, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII), 8);
    return raw(withChecksum(header));
  }

  /** A header block with its checksum set right. */
  public static byte[] withChecksum(byte[] header) {
    put(header, 148, "        ".getBytes(StandardCharsets.US_ASCII), 8);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 8);
    return header;
  }

  /** Adds a regular file. */
  public TestTar file(String name, byte[] content) {
    return header(name, '0', content.length, "").payload(content);
  }

  /** Adds a regular file with text. */
  public TestTar file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a folder. */
  public TestTar folder(String name) {
    return header(name, '5', 0, "");
  }

  /** Adds a hard link. */
  public TestTar hardLink(String name, String target) {
    return header(name, '1', 0, target);
  }

  /** Adds a PAX header with these records, given as key, value, key, value. */
  public TestTar pax(char type, String... records) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < records.length; i += 2) {
      String rest = " " + records[i] + "=" + records[i + 1] + "\n";
      int length = rest.length() + 1;
      while (Integer.toString(length).length() + rest.length() != length) {
        length++;
      }
      body.append(length).append(rest);
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return header("PaxHeaders.0/x", type, bytes.length, "").payload(bytes);
  }

  /** Adds a payload and its padding. */
  public TestTar payload(byte[] content) {
    raw(content);
    return raw(new byte[-content.length & (TarEntry.BLOCK - 1)]);
  }

  /** Adds any bytes. */
  public TestTar raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** The tar so far. */
  public byte[] open() {
    return out.toByteArray();
  }

  /** The tar with its two blocks of zeros. */
  public byte[] end() {
    return raw(new byte[2 * TarEntry.BLOCK]).open();
  }

  /** One gzip member of these bytes. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** One array after the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void put(byte[] header, int offset, byte[] bytes, int limit) {
    System.arraycopy(bytes, 0, header, offset, Math.min(bytes.length, limit));
  }
}
