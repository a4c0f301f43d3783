package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The requests for chunks of one layer that are under way, and what becomes of what they bring: a
 * chunk is fetched by one flight at a time, however many want it. Thread-safe.
 */
final class ChunkFlights implements Closeable {

  private final String name;
  private final ChunkTable table;
  private final Decompression compression;
  private final RandomAccessBlob blob;
  private final FetchContext context;
  private final LongAdder network;
  private final ChunkPresence presence;
  private final Map<Integer, CompletableFuture<byte @Nullable []>> flights =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param name the layer's, for messages
   * @param blob the layer; closed with this
   * @param network counts the bytes that come
   */
  ChunkFlights(
      String name,
      ChunkTable table,
      Decompression compression,
      RandomAccessBlob blob,
      FetchContext context,
      LongAdder network,
      ChunkPresence presence) {
    this.name = name;
    this.table = table;
    this.compression = compression;
    this.blob = blob;
    this.context = context;
    this.network = network;
    this.presence = presence;
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

  /** Whether a flight is under way for it. */
  boolean has(int chunk) {
    return flights.containsKey(chunk);
  }

  /**
   * Waits for what is under way.
   *
   * @return what has come of the chunk, or null if no flight is for it or it was there already
   * @throws CorruptContentException if it was wrong twice
   * @throws IOException if it could not be fetched, or takes too long
   */
  byte @Nullable [] await(int chunk) throws IOException {
    CompletableFuture<byte @Nullable []> flight = flights.get(chunk);
    if (flight == null) {
      return null;
    }
    try {
      return flight.get(context.options().times().read().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "layer "
              + name
              + ": nothing came for "
              + context.options().times().read().toSeconds()
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

  /**
   * Starts flights that somebody waits for.
   *
   * @param runs the chunks by the requests that bring them; those that are under way are left out
   */
  void start(List<List<Integer>> runs) {
    for (List<Integer> run : runs) {
      Flight flight = claim(run, true);
      if (flight != null) {
        context.executor().execute(flight);
      }
    }
  }

  /** A flight for those that have none, or null if all have one or are there. */
  @Nullable Flight claim(List<Integer> chunks, boolean urgent) {
    List<Claim> claims = new ArrayList<>();
    for (int chunk : chunks) {
      CompletableFuture<byte @Nullable []> result = new CompletableFuture<>();
      if (flights.putIfAbsent(chunk, result) == null) {
        if (presence.isKnown(chunk)) {
          // Another flight has landed in the meantime; who has begun to wait for this one finds it.
          flights.remove(chunk);
          result.complete(null);
        } else {
          claims.add(new Claim(chunk, result));
        }
      }
    }
    return claims.isEmpty() ? null : new Flight(this, context, claims, urgent);
  }

  /** Begins a request for the claims. */
  RangeReader open(List<Claim> claims) throws IOException {
    long from = table.offset(claims.getFirst().chunk());
    long to = table.end(claims.getLast().chunk());
    return new RangeReader(
        table, compression, context.memory(), blob.openRange(from, to - from), from, network);
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
