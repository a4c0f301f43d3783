package dev.starling.fuse.libfuse;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;

/**
 * Names between the kernel's bytes and {@link dev.starling.fuse.ReadOnlyFileSystem}'s strings:
 * UTF-8, with a lone surrogate U+DC80 to U+DCFF for each byte that is none.
 */
final class Names {
  private static final int ESCAPE = 0xDC00;

  private Names() {}

  /** A C string. */
  @SuppressWarnings("restricted") // it ends with a NUL, so libfuse promises
  static String decode(Pointer text) {
    String bytes =
        MemorySegment.ofAddress(text.address())
            .reinterpret(Long.MAX_VALUE)
            .getString(0, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) >= 0x80) {
        return decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }

  static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      if (!decoder.decode(in, out, true).isError()) {
        return out.flip().toString();
      }
      out.put((char) (ESCAPE | (in.get() & 0xFF)));
      decoder.reset();
    }
  }

  static byte[] encode(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 16);
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++; // with its low one, which is no escape
      } else if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF) {
        out.writeBytes(name.substring(start, i).getBytes(StandardCharsets.UTF_8));
        out.write(c);
        start = i + 1;
      }
    }
    out.writeBytes(name.substring(start).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
