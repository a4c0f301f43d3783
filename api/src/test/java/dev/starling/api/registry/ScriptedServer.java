package dev.starling.api.registry;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/** An HTTP server on a loopback port that answers, cuts and stalls as the test says. */
final class ScriptedServer implements AutoCloseable {

  /** Answers a request. */
  @FunctionalInterface
  interface Script {
    Reply answer(Received request) throws IOException;
  }

  /** A request; its body is read when asked for. */
  static final class Received {
    final String method;
    final String target;
    private final Map<String, String> headers;
    private final InputStream in;
    private byte[] body = new byte[0];

    Received(String method, String target, Map<String, String> headers, InputStream in) {
      this.method = method;
      this.target = target;
      this.headers = headers;
      this.in = in;
    }

    /** The header's value, empty if it is missing. */
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    int length() {
      String length = header("Content-Length");
      return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    /** The first bytes of the body, waited for. */
    byte[] body(int limit) throws IOException {
      if (body.length == 0) {
        body = in.readNBytes(Math.min(limit, length()));
      }
      return body;
    }

    byte[] body() throws IOException {
      return body(length());
    }

    /** Reads what the script did not. */
    private void drain() throws IOException {
      in.skipNBytes(length() - body.length);
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  ScriptedServer(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script);
  }

  ScriptedServer(ServerSocketFactory sockets, Script script) throws IOException {
    this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  String host() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Another name of the same machine: another host to whoever compares names. */
  String otherHost() {
    return "localhost:" + socket.getLocalPort();
  }

  /** The requests so far. */
  List<Received> received() {
    return received;
  }

  /** The requests so far as {@code METHOD target}. */
  List<String> lines() {
    return received.stream().map(Received::toString).toList();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream());
      String line = line(in);
      while (line.endsWith("HTTP/1.1")) {
        String[] words = line.split(" ", -1);
        Received request = new Received(words[0], words[1], headers(in), in);
        received.add(request);
        Reply reply = script.answer(request);
        if (!reply.sendTo(out, request, closed)) {
          connection.setSoLinger(true, 0);
          return;
        }
        request.drain();
        line = line(in);
      }
    } catch (IOException e) {
      // The client went away.
    } finally {
      open.remove(connection);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  /**
   * What is answered.
   *
   * @param cutAfter how many bytes of the body are sent before the connection breaks, or -1
   * @param stalls whether it falls silent instead of breaking
   */
  @SuppressWarnings("ArrayRecordComponent") // replies are never compared
  record Reply(int status, Map<String, String> headers, byte[] body, int cutAfter, boolean stalls) {

    /** No answer: the connection is reset. */
    static final Reply RESET = new Reply(0, Map.of(), new byte[0], 0, false);

    static Reply of(int status) {
      return new Reply(status, Map.of(), new byte[0], -1, false);
    }

    static Reply of(int status, byte[] body) {
      return new Reply(status, Map.of(), body, -1, false);
    }

    static Reply of(int status, String body) {
      return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The part of the blob that the request's Range asks for. */
    static Reply range(Received request, byte[] blob) {
      String range = request.header("Range");
      if (range.isEmpty()) {
        return of(200, blob);
      }
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = ends[1].isEmpty() ? blob.length - 1 : Integer.parseInt(ends[1]);
      return of(206, java.util.Arrays.copyOfRange(blob, first, last + 1))
          .with("Content-Range", "bytes " + first + "-" + last + "/" + blob.length);
    }

    Reply with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, cutAfter, stalls);
    }

    Reply cutAfter(int bytes) {
      return new Reply(status, headers, body, bytes, false);
    }

    Reply stallAfter(int bytes) {
      return new Reply(status, headers, body, bytes, true);
    }

    /** False if the connection is to be reset. */
    private boolean sendTo(OutputStream out, Received request, CountDownLatch closed)
        throws IOException {
      if (status == 0) {
        return false;
      }
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " said so\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      boolean bodiless = request.method.equals("HEAD") || status == 204;
      if (status != 204 && !headers.containsKey("Content-Length")) {
        head.append("Content-Length: " + body.length + "\r\n");
      }
      out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (!bodiless) {
        out.write(body, 0, cutAfter < 0 ? body.length : cutAfter);
      }
      out.flush();
      if (stalls) {
        try {
          closed.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return cutAfter < 0;
    }
  }
}
