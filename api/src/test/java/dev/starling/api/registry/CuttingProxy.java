package dev.starling.api.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes connections on to a loopback port and cuts one, once, in the middle of an upload. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final long cutAfter;
  private final AtomicBoolean cut = new AtomicBoolean();

  /**
   * @param cutAfter how many bytes the first large upload gets through
   */
  CuttingProxy(int target, long cutAfter) throws IOException {
    this.target = target;
    this.cutAfter = cutAfter;
    Thread.ofVirtual().start(this::accept);
  }

  String host() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  boolean wasCut() {
    return cut.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(server, client, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(client, server, cutAfter));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to, long limit) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      long passed = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        passed += read;
        if (passed >= limit && cut.compareAndSet(false, true)) {
          return;
        }
      }
    } catch (IOException e) {
      // One side went away: so does the other.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
