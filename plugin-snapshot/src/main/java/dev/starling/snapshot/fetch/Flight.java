package dev.starling.snapshot.fetch;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.registry.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request for chunks that lie one after the other, repeated for what a failure has left over. A
 * chunk that turns out wrong is asked for once more, alone. Runs once, on one thread.
 */
final class Flight implements Runnable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ChunkFlights flights;
  private final FetchContext context;
  private final boolean urgent;
  private final CompletableFuture<Void> landed = new CompletableFuture<>();
  private final List<Claim> claims;
  private final List<Claim> corrupt = new ArrayList<>();

  /**
   * @param claims in the order of their place in the layer, at least one
   * @param urgent whether somebody waits for them
   */
  Flight(ChunkFlights flights, FetchContext context, List<Claim> claims, boolean urgent) {
    this.flights = flights;
    this.context = context;
    this.claims = List.copyOf(claims);
    this.urgent = urgent;
  }

  /** Completes when all chunks are there or have failed, never exceptionally. */
  CompletableFuture<Void> landed() {
    return landed;
  }

  @Override
  public void run() {
    if (urgent) {
      context.traffic().begin();
    }
    try {
      fetchOpen();
      fetchCorruptAnew();
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new InterruptedIOException("fetching a layer was interrupted"));
    } catch (RuntimeException | Error e) {
      fail(new IOException("fetching a layer failed: " + e, e));
      throw e;
    } finally {
      if (urgent) {
        context.traffic().end();
      }
      landed.complete(null);
    }
  }

  private void fail(IOException failure) {
    for (Claim claim : claims) {
      if (!claim.isSettled()) {
        flights.failed(claim, failure);
      }
    }
  }

  private void fetchOpen() throws IOException, InterruptedException {
    Instant start = context.clock().instant();
    Duration pause = FIRST_PAUSE;
    List<Claim> open = claims;
    while (!open.isEmpty()) {
      try {
        fetchOnce(open);
        return;
      } catch (IOException e) {
        Duration tried = Duration.between(start, context.clock().instant());
        if (!isPassing(e) || tried.compareTo(context.options().times().patience()) >= 0) {
          throw e;
        }
        context.log().debug("fetching a part of layer " + flights.name() + " again: " + e);
        context.pause().await(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        open = claims.stream().filter(claim -> !isDone(claim)).toList();
      }
    }
  }

  /** Whether this request has done for the chunk what it could. */
  private boolean isDone(Claim claim) {
    return claim.isSettled() || corrupt.contains(claim);
  }

  /** Whether the same request may succeed a little later. */
  private boolean isPassing(IOException e) {
    if (flights.isClosed()
        || e instanceof CorruptContentException
        || e instanceof ContentNotFoundException) {
      return false;
    }
    if (e instanceof RegistryException registry) {
      int status = registry.status();
      return status < 400 || status >= 500 || status == 408 || status == 429;
    }
    return !(e instanceof InterruptedIOException) || e instanceof java.net.SocketTimeoutException;
  }

  private void fetchOnce(List<Claim> wanted) throws IOException, InterruptedException {
    try (RangeReader reader = flights.open(wanted)) {
      for (List<Claim> member : members(wanted)) {
        CorruptContentException damage = reader.read(member, this::arrived);
        if (damage != null) {
          context.log().debug("layer " + flights.name() + ": " + damage.getMessage());
          member.stream().filter(claim -> !isDone(claim)).forEach(corrupt::add);
        }
      }
    } catch (EOFException e) {
      throw new CorruptContentException(
          "layer " + flights.name() + " ends too early: " + e.getMessage(), e);
    }
  }

  /** Those that lie in the same compressed data, together. */
  private List<List<Claim>> members(List<Claim> ordered) {
    List<List<Claim>> members = new ArrayList<>();
    @Nullable Claim before = null;
    for (Claim claim : ordered) {
      if (before == null || !flights.table().isInMemberOf(before.chunk(), claim.chunk())) {
        members.add(new ArrayList<>());
      }
      members.getLast().add(claim);
      before = claim;
    }
    return members;
  }

  private void arrived(Claim claim, byte[] bytes) {
    if (!flights.arrived(claim, bytes)) {
      corrupt.add(claim);
    }
  }

  private void fetchCorruptAnew() throws IOException, InterruptedException {
    for (Claim claim : List.copyOf(corrupt)) {
      corrupt.clear();
      fetchOnce(List.of(claim));
      if (!claim.isSettled()) {
        flights.failed(claim, flights.corrupt(claim.chunk()));
      }
    }
  }
}
