package dev.starling.snapshot.cache;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;

/**
 * A process that reads and writes a cache for a while. It ends with 1 if it got bytes that it
 * should not have got, and prints how often it found a chunk.
 */
final class CacheHammer {

  private static final int CHUNKS = 60;

  private CacheHammer() {}

  /** Arguments: directory, limit, seed, rounds. */
  public static void main(String[] args) throws IOException {
    ChunkCache cache =
        ChunkCache.open(
            Path.of(args[0]), Long.parseLong(args[1]), Clock.systemUTC(), new RecordingLog());
    Random random = new Random(Long.parseLong(args[2]));
    int hits = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      byte[] content = content(random.nextInt(CHUNKS));
      Digest digest = Digest.sha256(content);
      ByteBuffer target = ByteBuffer.allocate(content.length);
      if (!cache.read(digest, content.length, 0, target, random.nextBoolean())) {
        if (!cache.put(digest, content)) {
          System.exit(2);
        }
      } else if (Arrays.equals(target.array(), content)) {
        hits++;
      } else {
        System.exit(1);
      }
    }
    System.out.println(hits);
  }

  /** The content of a chunk, of some size up to 16 KiB. */
  static byte[] content(int number) {
    byte[] bytes = new byte[1 + number * 271];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
