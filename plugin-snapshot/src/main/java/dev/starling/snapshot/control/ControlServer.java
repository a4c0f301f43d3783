package dev.starling.snapshot.control;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The daemon's end of the socket. Thread-safe. */
public final class ControlServer implements Closeable {

  /** How often a client whose call is being answered hears that the daemon lives. */
  static final Duration PULSE = Duration.ofSeconds(2);

  private static final Logger LOGGER = System.getLogger(ControlServer.class.getName());
  private static final int MAX_PATH = 107;
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path socket;
  private final ServerSocketChannel server;
  private final CallHandlers handlers;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  private ControlServer(Path socket, ServerSocketChannel server, CallHandlers handlers) {
    this.socket = socket;
    this.server = server;
    this.handlers = handlers;
  }

  /**
   * Listens. The caller has made sure that no other daemon does: a socket that is there already is
   * a dead one's and is replaced.
   *
   * @param socket made in a folder that only this user may enter; the folder is made if missing
   * @param handlers what can be called
   * @throws IOException if the socket cannot be made
   */
  public static ControlServer start(Path socket, CallHandlers handlers) throws IOException {
    if (socket.toAbsolutePath().toString().length() > MAX_PATH) {
      throw new IOException(
          socket
              + " is too long for a socket; expected at most "
              + MAX_PATH
              + " characters: set"
              + " STARLING_RUNTIME_DIR to a shorter folder");
    }
    Path folder = socket.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    ControlServer server = new ControlServer(socket, channel, handlers);
    Thread.ofPlatform().daemon().name("starling-control").start(server::accept);
    return server;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().name("starling-call").start(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOGGER.log(Level.WARNING, "a connection could not be accepted", e);
      }
    }
  }

  private void serve(SocketChannel client) {
    try (Connection connection = new Connection(client)) {
      open.add(connection);
      try {
        Message request = connection.read();
        if (request != null) {
          answer(connection, request);
        }
      } finally {
        open.remove(connection);
      }
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "a client went away", e);
    }
  }

  private void answer(Connection connection, Message request) throws IOException {
    Thread caller = Thread.currentThread();
    // Ends when the connection is closed.
    Thread watch =
        Thread.ofVirtual().name("starling-watch").start(() -> interruptAtEnd(connection, caller));
    Answer<?> answer;
    try (Pulse _ = Pulse.start(connection, PULSE)) {
      answer = handlers.answer(request, event -> send(connection, event));
    } catch (Exception e) {
      LOGGER.log(Level.DEBUG, "the call " + request.word() + " failed", e);
      connection.write(Message.ERROR, message(e));
      return;
    }
    try (Closeable held = answer.held()) {
      connection.write(Message.RESULT, answer.result());
      if (held != null) {
        watch.join();
      }
    } catch (InterruptedException e) {
      // The client has gone, which ends what it held.
    }
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null || !(e instanceof IOException) ? e.toString() : message;
  }

  private static void interruptAtEnd(Connection connection, Thread caller) {
    try {
      while (connection.read() != null) {
        // Nothing more is expected.
      }
      caller.interrupt();
    } catch (ClosedChannelException e) {
      // The answer was given.
    } catch (IOException e) {
      caller.interrupt();
    }
  }

  private static void send(Connection connection, Object event) {
    try {
      connection.write(Message.EVENT, event);
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes no more calls, gives those under way a moment to be answered, ends the rest and removes
   * the socket and its folder.
   */
  @Override
  public void close() throws IOException {
    server.close();
    long end = System.nanoTime() + GRACE.toNanos();
    while (!open.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    for (Connection connection : open) {
      connection.close();
    }
    Files.deleteIfExists(socket);
    try {
      Files.deleteIfExists(socket.toAbsolutePath().getParent());
    } catch (DirectoryNotEmptyException e) {
      // Somebody keeps something else there.
    }
  }
}
