package dev.starling.snapshot.fetch;

import dev.starling.api.image.Digest;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that the cache could not keep, so that a file is not fetched anew for each piece of it
 * that is read. What was not used for longest goes. Thread-safe.
 */
final class RecentChunks {

  private static final int MAX_SIZE = 32 << 20;

  private final LinkedHashMap<Digest, byte[]> chunks = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  synchronized byte @Nullable [] get(Digest chunk) {
    return chunks.isEmpty() ? null : chunks.get(chunk);
  }

  synchronized void put(Digest chunk, byte[] bytes) {
    byte[] before = chunks.put(chunk, bytes);
    size += bytes.length - (before == null ? 0 : before.length);
    while (size > MAX_SIZE && chunks.size() > 1) {
      byte[] oldest = chunks.pollFirstEntry().getValue();
      size -= oldest.length;
    }
  }
}
