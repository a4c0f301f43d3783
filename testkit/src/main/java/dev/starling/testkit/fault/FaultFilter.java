package dev.starling.testkit.fault;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.starling.testkit.fault.BrokenExchange.Mangling;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets the planned faults happen. */
final class FaultFilter extends Filter {

  private final FaultPlan plan;
  private final AccessFilter access;
  private final Function<Fault.RedirectBlobs, BlobHost.Signer> redirects;
  private final CountDownLatch closed;

  FaultFilter(
      FaultPlan plan,
      AccessFilter access,
      Function<Fault.RedirectBlobs, BlobHost.Signer> redirects,
      CountDownLatch closed) {
    this.plan = plan;
    this.access = access;
    this.redirects = redirects;
    this.closed = closed;
  }

  @Override
  public String description() {
    return "injects faults";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    LoggedRequest request = new RecordingExchange(exchange, "").request();
    @Nullable Fault fault = plan.take(request);
    if (fault == null) {
      chain.doFilter(exchange);
      return;
    }
    switch (fault) {
      case Fault.NoHead f -> answer(exchange, 405);
      case Fault.RedirectBlobs f -> {
        exchange.getResponseHeaders().set("Location", redirects.apply(f).sign(request.path()));
        answer(exchange, 307);
      }
      case Fault.IgnoreRange f -> chain.doFilter(BrokenExchange.withoutRange(exchange));
      case Fault.RefuseSeveralRanges f -> answer(exchange, 400);
      case Fault.Unauthorized f -> access.challenge(exchange, request, 401);
      case Fault.ForbidExpiredToken f -> chain.doFilter(exchange);
      case Fault.TooManyRequests f -> {
        exchange.getResponseHeaders().set("Retry-After", Long.toString(f.retryAfter().toSeconds()));
        answer(exchange, 429);
      }
      case Fault.ServerError f -> answer(exchange, f.status());
      case Fault.Reset f ->
          chain.doFilter(
              request.isUpload()
                  ? BrokenExchange.brokenRequest(exchange, f.afterBytes())
                  : BrokenExchange.mangled(exchange, resetting(f.afterBytes())));
      case Fault.Stall f -> chain.doFilter(BrokenExchange.mangled(exchange, stalling(f)));
      case Fault.Truncate f -> chain.doFilter(BrokenExchange.shortened(exchange, f.bytes()));
      case Fault.Corrupt f -> chain.doFilter(BrokenExchange.mangled(exchange, corrupting(f.at())));
      case Fault.HugeManifest f -> sendSpaces(exchange, f.bytes());
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static void sendSpaces(HttpExchange exchange, int length) throws IOException {
    byte[] spaces = new byte[length];
    Arrays.fill(spaces, (byte) ' ');
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
    try (exchange) {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(spaces);
    }
  }

  private static Mangling resetting(long limit) {
    return (out, bytes, start, length, offset) -> {
      long left = limit - offset;
      if (left >= length) {
        out.write(bytes, start, length);
        return;
      }
      out.write(bytes, start, (int) left);
      out.flush();
      throw new IOException("the connection is broken on purpose");
    };
  }

  private Mangling stalling(Fault.Stall stall) {
    return (out, bytes, start, length, offset) -> {
      long before = stall.afterBytes() - offset;
      if (before < 0 || before >= length) {
        out.write(bytes, start, length);
        return;
      }
      out.write(bytes, start, (int) before);
      out.flush();
      pause(stall);
      out.write(bytes, start + (int) before, length - (int) before);
    };
  }

  private void pause(Fault.Stall stall) throws IOException {
    try {
      if (closed.await(stall.pause().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("the registry is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the registry is closed", e);
    }
  }

  private static Mangling corrupting(long at) {
    return (OutputStream out, byte[] bytes, int start, int length, long offset) -> {
      byte[] copy = Arrays.copyOfRange(bytes, start, start + length);
      if (at >= offset && at < offset + length) {
        copy[(int) (at - offset)] ^= 0x20;
      }
      out.write(copy, 0, length);
    };
  }
}
