package dev.starling.api.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Finds out whether a port speaks TLS, from the first byte of its answer to a greeting. */
final class TlsProbe {

  /** The two records a TLS server may begin with (RFC 8446, section 5.1). */
  private static final int HANDSHAKE = 22;

  private static final int ALERT = 21;

  private static final int TIMEOUT_MILLIS = 3000;

  private TlsProbe() {}

  /**
   * Whether the port answers TLS. Silence is taken for no.
   *
   * @throws IOException if there is no connection
   */
  static boolean speaksTls(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.getOutputStream().write(clientHello(host, port));
        // An HTTP server would wait for the rest of a request line; now it sees the end.
        socket.shutdownOutput();
        int first = socket.getInputStream().read();
        return first == HANDSHAKE || first == ALERT;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static byte[] clientHello(String host, int port) throws IOException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, port);
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.flip().remaining()];
      hello.get(bytes);
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java runtime has no TLS", e);
    }
  }
}
