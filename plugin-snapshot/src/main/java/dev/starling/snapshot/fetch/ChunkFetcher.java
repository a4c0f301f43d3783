package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gets the chunks of one layer from the cache or the network. A chunk is fetched by one flight at a
 * time, however many readers want it. Thread-safe.
 */
final class ChunkFetcher implements Closeable {

  private static final int ATTEMPTS = 3;

  private final String name;
  private final ChunkTable table;
  private final RequestPlan plan;
  private final Decompression compression;
  private final RandomAccessBlob blob;
  private final FetchContext context;
  private final LayerCounters counters;
  private final ChunkPresence presence;
  private final Map<Integer, CompletableFuture<byte[]>> flights = new ConcurrentHashMap<>();
  private volatile boolean closed;

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
    this.compression = compression;
    this.blob = blob;
    this.context = context;
    this.counters = counters;
    this.presence = new ChunkPresence(table, context, counters);
    this.plan = new RequestPlan(table, presence::isAtHand);
  }

  String name() {
    return name;
  }

  ChunkTable table() {
    return table;
  }

  boolean isClosed() {
    return closed;
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
    if (closed) {
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
      start(plan.around(missing, context.options().readAround()), true);
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
      start(wanted, true);
    }
  }

  private void copy(int chunk, int inChunk, int length, ByteBuffer target) throws IOException {
    Digest digest = table.digest(chunk);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CompletableFuture<byte[]> flight = flights.get(chunk);
      byte[] bytes = flight == null ? context.recent().get(digest) : await(flight);
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
      start(List.of(chunk), true);
    }
    throw new IOException(
        "a chunk of layer " + name + " was removed from the cache each time it was fetched");
  }

  private byte[] await(CompletableFuture<byte[]> flight) throws IOException {
    try {
      return flight.get(context.options().readTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "layer "
              + name
              + ": nothing came for "
              + context.options().readTimeout().toSeconds()
              + " s",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("reading layer " + name + " was interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CorruptContentException corrupt
          ? new CorruptContentException(String.valueOf(corrupt.getMessage()), corrupt)
          : new IOException(e.getCause() == null ? "failed" : e.getCause().getMessage(), e);
    }
  }

  /** Starts flights for those chunks that have none: neighbours together. */
  private void start(List<Integer> chunks, boolean urgent) {
    for (List<Integer> run : plan.runs(chunks, context.options().maxRequest())) {
      Flight flight = claim(run, urgent);
      if (flight != null) {
        context.executor().execute(flight);
      }
    }
  }

  /** A flight for those that have none, or null if all have one or are there. */
  @Nullable Flight claim(List<Integer> chunks, boolean urgent) {
    List<Claim> claims = new ArrayList<>();
    for (int chunk : chunks) {
      CompletableFuture<byte[]> result = new CompletableFuture<>();
      if (flights.putIfAbsent(chunk, result) == null) {
        if (presence.isKnown(chunk)) {
          flights.remove(chunk); // another flight has landed in the meantime
        } else {
          claims.add(new Claim(chunk, result));
        }
      }
    }
    return claims.isEmpty() ? null : new Flight(this, context, claims, urgent);
  }

  /**
   * Fetches what is missing of the layer's first bytes, in one request.
   *
   * @param end where in the layer to stop
   * @return completes when it is done or has failed
   */
  CompletableFuture<Void> prefetch(long end) {
    List<Integer> missing = plan.upTo(end);
    Flight flight = missing.isEmpty() ? null : claim(missing, true);
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
            chunk ->
                presence.isKnown(chunk) || flights.containsKey(chunk) || presence.isAtHand(chunk))
        .next(from, length);
  }

  /** Finds out which chunks are in the cache. */
  void survey() {
    for (int chunk = 0; chunk < table.count() && !closed; chunk++) {
      presence.isAtHand(chunk);
    }
  }

  /** Whether one of the chunks is not there. */
  boolean areMissing(List<Integer> chunks) {
    return chunks.stream().anyMatch(chunk -> !presence.isAtHand(chunk));
  }

  /** Begins a request for the claims. */
  RangeReader open(List<Claim> claims) throws IOException {
    long from = table.offset(claims.getFirst().chunk());
    long to = table.end(claims.getLast().chunk());
    return new RangeReader(
        table,
        compression,
        context.memory(),
        blob.openRange(from, to - from),
        from,
        counters.network);
  }

  /** Takes a chunk's bytes; false if they are not what they should be. */
  boolean arrived(Claim claim, byte[] bytes) {
    int chunk = claim.chunk();
    boolean right = table.hasHash(chunk, Digest.newSha256().digest(bytes));
    if (!right && context.options().verify()) {
      return false;
    }
    Digest digest = table.digest(chunk);
    // What is not verified is for this layer's readers only, not for the shared cache.
    if (right && context.cache().put(digest, bytes)) {
      presence.verified(chunk);
    } else {
      context.recent().put(digest, bytes);
    }
    // First, so that whoever was waiting and reads again does so from the cache.
    flights.remove(chunk);
    claim.complete(bytes);
    return true;
  }

  void failed(Claim claim, IOException failure) {
    // First, so that whoever learns of the failure and reads again starts anew.
    flights.remove(claim.chunk());
    claim.fail(failure);
  }

  /** What to say of a chunk that was wrong twice. */
  CorruptContentException corrupt(int chunk) {
    String message =
        "layer "
            + name
            + " is corrupt at offset "
            + table.offset(chunk)
            + ": expected a chunk with the digest "
            + table.digest(chunk)
            + ", got other bytes twice";
    context.log().warn(message);
    return new CorruptContentException(message);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    blob.close();
  }
}
