package dev.starling.testkit.fault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An exchange whose body is changed on its way, or breaks. */
final class BrokenExchange extends DelegatingExchange {

  /** What happens to a response's bytes. */
  interface Mangling {

    /** Whether and how the bytes, which begin at that offset of the body, go to {@code out}. */
    void write(OutputStream out, byte[] bytes, int start, int length, long offset)
        throws IOException;
  }

  private final boolean withoutRange;
  private final long requestLimit;
  private final long responseLimit;
  private final Mangling mangling;
  private boolean broken;
  private @Nullable OutputStream responseBody;

  private BrokenExchange(
      HttpExchange delegate,
      boolean withoutRange,
      long requestLimit,
      long responseLimit,
      Mangling mangling) {
    super(delegate);
    this.withoutRange = withoutRange;
    this.requestLimit = requestLimit;
    this.responseLimit = responseLimit;
    this.mangling = mangling;
  }

  static HttpExchange withoutRange(HttpExchange delegate) {
    return new BrokenExchange(delegate, true, Long.MAX_VALUE, Long.MAX_VALUE, PLAIN);
  }

  /** The request's body breaks after that many bytes, and there is no answer. */
  static HttpExchange brokenRequest(HttpExchange delegate, long limit) {
    return new BrokenExchange(delegate, false, limit, Long.MAX_VALUE, PLAIN);
  }

  /** The response has that length at most. */
  static HttpExchange shortened(HttpExchange delegate, long limit) {
    Mangling mangling =
        (out, bytes, start, length, offset) ->
            out.write(bytes, start, Math.clamp(limit - offset, 0, length));
    return new BrokenExchange(delegate, false, Long.MAX_VALUE, limit, mangling);
  }

  static HttpExchange mangled(HttpExchange delegate, Mangling mangling) {
    return new BrokenExchange(delegate, false, Long.MAX_VALUE, Long.MAX_VALUE, mangling);
  }

  private static final Mangling PLAIN =
      (out, bytes, start, length, offset) -> out.write(bytes, start, length);

  @Override
  public Headers getRequestHeaders() {
    if (!withoutRange) {
      return super.getRequestHeaders();
    }
    Headers headers = new Headers();
    super.getRequestHeaders()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("Range")) {
            headers.put(name, values);
          }
        });
    return headers;
  }

  @Override
  public InputStream getRequestBody() {
    InputStream in = super.getRequestBody();
    return requestLimit == Long.MAX_VALUE ? in : new BreakingStream(in);
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    if (broken) {
      throw new IOException("the connection is broken on purpose");
    }
    super.sendResponseHeaders(status, Math.min(length, responseLimit));
  }

  @Override
  public OutputStream getResponseBody() {
    if (responseBody == null) {
      responseBody =
          new FilterOutputStream(super.getResponseBody()) {
            private long offset;

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
              mangling.write(out, bytes, start, length, offset);
              offset += length;
            }
          };
    }
    return responseBody;
  }

  private final class BreakingStream extends FilterInputStream {
    private long left = requestLimit;

    BreakingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        broken = true;
        throw new IOException("the connection is broken on purpose");
      }
      int read = in.read(bytes, offset, (int) Math.min(left, length));
      left -= Math.max(0, read);
      return read;
    }
  }
}
