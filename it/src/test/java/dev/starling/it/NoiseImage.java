package dev.starling.it;

import dev.starling.api.content.ImageSink;
import dev.starling.testkit.image.ImageBuilder;
import dev.starling.testkit.image.TarBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An image of files whose every byte is known without being kept, and that do not compress: what is
 * read is what was fetched.
 *
 * @param layers how many layers, each with as many files
 * @param files how many files in all, a multiple of the layers
 * @param size each file's length in bytes, a multiple of 8
 */
record NoiseImage(int layers, int files, int size) {

  /** Writes it. */
  void writeTo(ImageSink sink, String tag) throws IOException {
    ImageBuilder image = new ImageBuilder();
    for (int layer = 0; layer < layers; layer++) {
      TarBuilder tar = new TarBuilder();
      for (int file = layer; file < files; file += layers) {
        tar.file(name(file), content(file));
      }
      image.layer(tar, ImageBuilder.Packing.PLAIN);
    }
    image.writeTo(sink, tag);
  }

  /** The name of a file in the image, numbered from 0. */
  static String name(int file) {
    return "noise-%04d".formatted(file);
  }

  /** A file's content. */
  byte[] content(int file) {
    byte[] content = new byte[size];
    ByteBuffer words = ByteBuffer.wrap(content);
    while (words.hasRemaining()) {
      words.putLong(word(file, words.position()));
    }
    return content;
  }

  /** Whether the bytes are those of a file from an offset on, a multiple of 8. */
  static boolean isRight(int file, long offset, ByteBuffer bytes) {
    long at = offset;
    while (bytes.remaining() >= Long.BYTES) {
      if (bytes.getLong() != word(file, at)) {
        return false;
      }
      at += Long.BYTES;
    }
    return true;
  }

  /** The finalizer of SplitMix64: equal for equal arguments, and noise else. */
  private static long word(int file, long offset) {
    long z = (((long) file << 40) | offset) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
