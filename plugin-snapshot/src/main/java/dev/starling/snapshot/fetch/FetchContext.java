package dev.starling.snapshot.fetch;

import dev.starling.api.job.Log;
import dev.starling.snapshot.cache.ChunkCache;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What the layers of one process share. Thread-safe.
 *
 * @param cache where chunks are kept
 * @param options how to fetch
 * @param executor runs requests, each of which waits for the network: a thread for each
 * @param pause how to wait between attempts
 * @param clock tells how long requests have failed, and when files were read
 * @param log for what went wrong
 * @param traffic whether somebody waits for the network
 * @param recent what the cache could not keep
 * @param memory permits for the KiB of chunks that are being decompressed
 */
record FetchContext(
    ChunkCache cache,
    FetchOptions options,
    Executor executor,
    Pause pause,
    Clock clock,
    Log log,
    Traffic traffic,
    RecentChunks recent,
    Semaphore memory) {

  /** Room for a chunk of the largest size, or a quarter of the heap. */
  static final int MEMORY =
      (int) Math.min(ChunkTable.MAX_CHUNK_SIZE, Runtime.getRuntime().maxMemory() / 4) >> 10;

  /** How much of {@link #memory} a chunk of so many bytes takes. */
  static int permits(int size) {
    return Math.min(MEMORY, (size >> 10) + 1);
  }
}
