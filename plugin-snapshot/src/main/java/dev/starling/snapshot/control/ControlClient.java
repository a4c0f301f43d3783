package dev.starling.snapshot.control;

import dev.starling.api.command.CommandException;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command's end of the socket; makes a connection a call. Thread-safe.
 *
 * @param socket where the daemon listens
 */
public record ControlClient(Path socket) {

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
   * @param name the call's name
   * @param arguments written as JSON
   * @param resultType what the answer is read as
   * @param events takes what the daemon tells on the way
   * @throws CommandException if the daemon says that the call failed, with its words
   * @throws IOException if there is no daemon, or it went away
   */
  public <R> R call(String name, Object arguments, Class<R> resultType, Consumer<JsonNode> events)
      throws IOException {
    JsonMapper json = JsonMapper.shared();
    try (Connection connection = begin(name, arguments, json)) {
      Thread rehearsal = Rehearsal.begin(json, resultType);
      while (true) {
        ObjectNode answer = next(connection);
        if (answer.has("result")) {
          rehearsal.interrupt();
          return json.treeToValue(answer.get("result"), resultType);
        }
        events.accept(answer.path("event"));
      }
    } catch (JacksonException e) {
      throw notUnderstood(name, e);
    } catch (SocketException e) {
      throw broken(e);
    }
  }

  /**
   * Calls the daemon for something that lasts as long as the connection does. Interrupting the
   * thread cancels the call.
   *
   * @param name the call's name
   * @param arguments written as JSON
   * @param last takes what the daemon tells until it gives true: then what was called for is there
   * @return ends it when closed
   * @throws CommandException if the daemon says that the call failed, with its words
   * @throws IOException if there is no daemon, or it went away
   */
  public Closeable hold(String name, Object arguments, Predicate<JsonNode> last)
      throws IOException {
    boolean complete = false;
    Connection connection = begin(name, arguments, JsonMapper.shared());
    try {
      ObjectNode answer = next(connection);
      while (!last.test(answer.path("event"))) {
        answer = next(connection);
      }
      complete = true;
      return connection;
    } catch (JacksonException e) {
      throw notUnderstood(name, e);
    } catch (SocketException e) {
      throw broken(e);
    } finally {
      if (!complete) {
        connection.close();
      }
    }
  }

  private Connection begin(String name, Object arguments, JsonMapper json) throws IOException {
    Connection connection = new Connection(connect(), json);
    try {
      ObjectNode request = json.createObjectNode();
      request.put("call", name);
      request.set("arguments", json.valueToTree(arguments));
      connection.write(request);
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static ObjectNode next(Connection connection) throws IOException {
    ObjectNode answer = connection.read();
    if (answer == null) {
      throw new IOException("the daemon ended before it answered; see its log");
    }
    if (answer.has("error")) {
      throw new CommandException(answer.path("error").asString());
    }
    return answer;
  }

  private static IOException notUnderstood(String name, JacksonException e) {
    return new IOException(
        "the daemon's answer to "
            + name
            + " is not understood; it may be another version's: stop"
            + " it with `starling snapshotter --stop`",
        e);
  }

  private static IOException broken(SocketException e) {
    return new IOException("the connection to the daemon broke: " + e.getMessage(), e);
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
