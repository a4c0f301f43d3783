package dev.starling.testkit.fault;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Notes what an exchange is about and how many bytes went each way, before they go. */
final class RecordingExchange extends DelegatingExchange {

  private final String host;
  private final SortedMap<String, String> headers = new TreeMap<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile int status;
  private @Nullable InputStream requestBody;
  private @Nullable OutputStream responseBody;

  RecordingExchange(HttpExchange delegate, String host) {
    super(delegate);
    this.host = host;
    delegate
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
  }

  LoggedRequest request() {
    String query = delegate.getRequestURI().getRawQuery();
    return new LoggedRequest(
        host,
        delegate.getRequestMethod(),
        delegate.getRequestURI().getPath(),
        query == null ? "" : query,
        headers,
        status,
        received.get(),
        sent.get());
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    status = code;
    super.sendResponseHeaders(code, length);
  }

  @Override
  public InputStream getRequestBody() {
    if (requestBody == null) {
      requestBody =
          new FilterInputStream(super.getRequestBody()) {
            @Override
            public int read() throws IOException {
              int b = super.read();
              received.addAndGet(b < 0 ? 0 : 1);
              return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              int read = super.read(bytes, offset, length);
              received.addAndGet(Math.max(0, read));
              return read;
            }
          };
    }
    return requestBody;
  }

  @Override
  public OutputStream getResponseBody() {
    if (responseBody == null) {
      responseBody =
          new FilterOutputStream(super.getResponseBody()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              sent.addAndGet(length);
              out.write(bytes, offset, length);
            }
          };
    }
    return responseBody;
  }
}
