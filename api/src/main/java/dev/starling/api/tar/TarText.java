package dev.starling.api.tar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Names of tar entries as strings, without loss: they are read as UTF-8, and each byte that is no
 * UTF-8 becomes one lone surrogate (U+DC80 to U+DCFF), which UTF-8 can never yield, and back.
 */
public final class TarText {

  private static final int ESCAPE = 0xdc00;

  private TarText() {}

  /** Reads {@code length} bytes from {@code offset}. */
  public static String decode(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        return decodeSlowly(bytes, offset, length);
      }
    }
    return new String(bytes, offset, length, StandardCharsets.US_ASCII);
  }

  /** Reads all the bytes. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  private static String decodeSlowly(byte[] bytes, int offset, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    CharBuffer out = CharBuffer.allocate(length);
    while (in.hasRemaining()) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError() && !in.hasRemaining()) {
        break;
      }
      // The sequence is cut or malformed: its first byte alone is escaped, the rest read anew.
      out.put((char) (ESCAPE + (in.get() & 0xff)));
      decoder.reset();
    }
    return out.flip().toString();
  }

  /** The bytes that were decoded. */
  public static byte[] encode(String text) {
    if (isUnicode(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isEscapedByte(text, i)) {
        out.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
        out.write(text.charAt(i) - ESCAPE);
        start = i + 1;
      }
    }
    out.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** Whether the text stands for valid UTF-8, without escaped bytes. */
  public static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isEscapedByte(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the character at {@code index} is an escaped byte, not the second half of a pair. */
  public static boolean isEscapedByte(String text, int index) {
    char c = text.charAt(index);
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
