package dev.starling.snapshot.control;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON lines over one connection. One thread may read while others write. */
final class Connection implements Closeable {

  /** The longest line: a status of many images is far shorter. */
  private static final int MAX_LINE = 16 << 20;

  private final SocketChannel channel;
  private final JsonMapper json;
  private final ByteBuffer input = ByteBuffer.allocate(64 << 10).limit(0);

  Connection(SocketChannel channel, JsonMapper json) {
    this.channel = channel;
    this.json = json;
  }

  /**
   * The next line's object, or null if the other side has closed.
   *
   * @throws IOException if the line is too long or no JSON object
   */
  @Nullable ObjectNode read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (!input.hasRemaining()) {
        int read = channel.read(input.clear());
        input.flip();
        if (read < 0) {
          return null;
        }
      }
      if (takeLine(line)) {
        return parse(line.toByteArray());
      }
      if (line.size() > MAX_LINE) {
        throw new IOException("a message of more than " + MAX_LINE + " bytes; expected less");
      }
    }
  }

  private boolean takeLine(ByteArrayOutputStream line) {
    while (input.hasRemaining()) {
      byte next = input.get();
      if (next == '\n') {
        return true;
      }
      line.write(next);
    }
    return false;
  }

  private ObjectNode parse(byte[] line) throws IOException {
    try {
      if (json.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new IOException("a message is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IOException("a message is no JSON object");
  }

  /** Writes one line with one field. */
  synchronized void write(String field, Object value) throws IOException {
    ObjectNode line = json.createObjectNode();
    line.set(field, value instanceof JsonNode node ? node : json.valueToTree(value));
    write(line);
  }

  /** Writes one line. */
  synchronized void write(ObjectNode line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
