package dev.starling.snapshot.control;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A command's end of the socket; makes a connection a call. Thread-safe.
 *
 * @param socket where the daemon listens
 * @param patience how long nothing may come from the daemon during a call; it tells every {@link
 *     ControlServer#PULSE} that it lives
 */
public record ControlClient(Path socket, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * A client that gives a daemon half a minute to say something.
   *
   * @param socket where the daemon listens
   */
  public ControlClient(Path socket) {
    this(socket, PATIENCE);
  }

  /** Whether a daemon answers there. */
  public boolean isAnswered() {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Calls the daemon and waits for its answer. Interrupting the thread cancels the call.
   *
   * @param events takes what the daemon tells on the way
   * @throws CommandException if the daemon says that the call failed, with its words
   * @throws SilentException if it says nothing for too long
   * @throws IOException if there is no daemon, or it went away
   */
  public <A, E, R> R call(Call<A, E, R> call, A arguments, Consumer<? super E> events)
      throws IOException {
    try (Connection connection = begin(call, arguments)) {
      return result(connection, call, events);
    }
  }

  /**
   * Calls the daemon for something that lasts as long as the connection does. Interrupting the
   * thread cancels the call.
   *
   * @param events takes what the daemon tells on the way
   * @return what was called for, until it is closed
   * @throws CommandException if the daemon says that the call failed, with its words
   * @throws SilentException if it says nothing for too long
   * @throws IOException if there is no daemon, or it went away
   */
  public <A, E, R> Answer<R> hold(Call<A, E, R> call, A arguments, Consumer<? super E> events)
      throws IOException {
    boolean complete = false;
    Connection connection = begin(call, arguments);
    try {
      R result = result(connection, call, events);
      complete = true;
      return new Answer<>(result, connection);
    } finally {
      if (!complete) {
        connection.close();
      }
    }
  }

  private <A> Connection begin(Call<A, ?, ?> call, A arguments) throws IOException {
    Connection connection = new Connection(connect());
    try {
      connection.write(call.name(), arguments);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw broken(e);
    }
  }

  private <E, R> R result(Connection connection, Call<?, E, R> call, Consumer<? super E> events)
      throws IOException {
    try (PatientReader reader = new PatientReader(connection, patience)) {
      return result(reader, call, events);
    }
  }

  private static <E, R> R result(
      PatientReader reader, Call<?, E, R> call, Consumer<? super E> events) throws IOException {
    while (true) {
      Message message = next(reader);
      switch (message.word()) {
        case Message.ALIVE -> {}
        case Message.EVENT -> events.accept(Records.read(message.json(), call.event()));
        case Message.RESULT -> {
          return Records.read(message.json(), call.result());
        }
        case Message.ERROR ->
            throw new CommandException(Records.read(message.json(), String.class));
        default ->
            throw new MisunderstoodException(
                "the daemon's answer to " + call.name() + " is not understood", null);
      }
    }
  }

  private static Message next(PatientReader reader) throws IOException {
    Message message;
    try {
      message = reader.read();
    } catch (SilentException e) {
      throw e;
    } catch (IOException e) {
      throw broken(e);
    }
    if (message == null) {
      throw new IOException("the daemon ended before it answered; see its log");
    }
    return message;
  }

  private static IOException broken(IOException e) {
    return e instanceof ClosedByInterruptException
        ? e
        : new IOException("the connection to the daemon broke: " + e.getMessage(), e);
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (SocketException e) {
      throw new IOException(
          "no daemon listens on " + socket + "; `starling snapshotter` starts it", e);
    }
  }
}
