package dev.starling.snapshot.fetch;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gets the chunks of one layer from the cache or the network. Thread-safe. */
final class ChunkFetcher implements Closeable {

  private static final int ATTEMPTS = 3;

  private final String name;
  private final ChunkTable table;
  private final RequestPlan plan;
  private final FetchContext context;
  private final LayerCounters counters;
  private final ChunkPresence presence;
  private final ChunkFlights flights;

  /**
   * @param name the layer's, for messages
   * @param blob the layer; closed with this
   */
  ChunkFetcher(
      String name,
      ChunkTable table,
      Decompression compression,
      RandomAccessBlob blob,
      FetchContext context,
      LayerCounters counters) {
    this.name = name;
    this.table = table;
    this.context = context;
    this.counters = counters;
    this.presence = new ChunkPresence(table, context, counters);
    this.plan = new RequestPlan(table, presence::isAtHand);
    this.flights =
        new ChunkFlights(name, table, compression, blob, context, counters.network, presence);
  }

  String name() {
    return name;
  }

  boolean isClosed() {
    return flights.isClosed();
  }

  /** Whether all chunks are at hand. */
  boolean isComplete() {
    return presence.isComplete();
  }

  /**
   * Reads a part of a file.
   *
   * @param file the file's chunks
   * @param target has room for no more than the file has from there, and for at least one byte
   */
  void read(long file, long fileOffset, ByteBuffer target) throws IOException {
    if (isClosed()) {
      throw new IOException("layer " + name + " is closed");
    }
    int from = table.at(file, fileOffset);
    int to = table.at(file, fileOffset + target.remaining() - 1);
    List<Integer> missing = new ArrayList<>();
    for (int chunk = from; chunk <= to; chunk++) {
      if (presence.isAtHand(chunk)) {
        counters.hits.increment();
      } else {
        counters.misses.increment();
        missing.add(chunk);
      }
    }
    if (!missing.isEmpty()) {
      start(plan.around(missing, context.options().sizes().around()));
    }
    long at = fileOffset;
    for (int chunk = from; chunk <= to; chunk++) {
      int inChunk = (int) (at - table.fileOffset(chunk));
      int length = Math.min(target.remaining(), table.size(chunk) - inChunk);
      copy(chunk, inChunk, length, target);
      at += length;
    }
  }

  /** Starts to fetch what of a file lies in a range, for a reader that will come. */
  void readAhead(long file, long fileOffset, long length) {
    List<Integer> wanted = new ArrayList<>();
    int chunk = table.at(file, fileOffset);
    while (chunk < ChunkTable.end(file) && table.fileOffset(chunk) < fileOffset + length) {
      if (!presence.isAtHand(chunk)) {
        wanted.add(chunk);
      }
      chunk++;
    }
    if (!wanted.isEmpty()) {
      start(wanted);
    }
  }

  private void start(List<Integer> chunks) {
    flights.start(plan.runs(chunks, context.options().sizes().request()));
  }

  private void copy(int chunk, int inChunk, int length, ByteBuffer target) throws IOException {
    Digest digest = table.digest(chunk);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] landed = flights.await(chunk);
      byte[] bytes = landed == null ? context.recent().get(digest) : landed;
      if (bytes != null) {
        target.put(bytes, inChunk, length);
        return;
      }
      int limit = target.limit();
      target.limit(target.position() + length);
      try {
        if (context
            .cache()
            .read(digest, table.size(chunk), inChunk, target, !presence.isVerified(chunk))) {
          presence.verified(chunk);
          return;
        }
      } finally {
        target.limit(limit);
      }
      presence.missing(chunk);
      start(List.of(chunk));
    }
    throw new IOException(
        "a chunk of layer " + name + " was removed from the cache each time it was fetched");
  }

  /**
   * A flight that nobody waits for, to those that have none, or null if all have one or are there.
   */
  @Nullable Flight backgroundFlight(List<Integer> chunks) {
    return flights.claim(chunks, false);
  }

  /**
   * Fetches what is missing of the layer's first bytes, in one request.
   *
   * @param end where in the layer to stop
   * @return completes when it is done or has failed
   */
  CompletableFuture<Void> prefetch(long end) {
    List<Integer> missing = plan.upTo(end);
    Flight flight = missing.isEmpty() ? null : flights.claim(missing, true);
    if (flight == null) {
      return CompletableFuture.completedFuture(null);
    }
    long before = counters.atHand.sum();
    context.executor().execute(flight);
    return flight.landed().thenRun(() -> counters.prefetched.add(counters.atHand.sum() - before));
  }

  /**
   * The next chunks of the layer that are missing, for a flight that nobody waits for.
   *
   * @param from the chunk to begin with
   * @param length how many compressed bytes to ask for, or more for a single chunk
   * @return empty if all from there on are at hand
   */
  List<Integer> nextMissing(int from, long length) {
    return new RequestPlan(
            table,
            chunk -> presence.isKnown(chunk) || flights.has(chunk) || presence.isAtHand(chunk))
        .next(from, length);
  }

  /** Finds out which chunks are in the cache. */
  void survey() {
    for (int chunk = 0; chunk < table.count() && !isClosed(); chunk++) {
      presence.isAtHand(chunk);
    }
  }

  /** Whether one of the chunks is not there. */
  boolean areMissing(List<Integer> chunks) {
    return chunks.stream().anyMatch(chunk -> !presence.isAtHand(chunk));
  }

  @Override
  public void close() throws IOException {
    flights.close();
  }
}
