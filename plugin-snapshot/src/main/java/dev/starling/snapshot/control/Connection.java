package dev.starling.snapshot.control;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Messages over one connection. One thread may read while others write. */
final class Connection implements Closeable {

  /** The longest line: a status of many images is far shorter. */
  private static final int MAX_LINE = 16 << 20;

  private final SocketChannel channel;
  private final ByteBuffer input = ByteBuffer.allocate(64 << 10).limit(0);

  Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * The next message, or null if the other side has closed.
   *
   * @throws IOException if the line is too long
   */
  @Nullable Message read() throws IOException {
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
        return Message.parse(line.toString(StandardCharsets.UTF_8));
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

  /** Writes a message whose JSON is this record or text. */
  void write(String word, Object value) throws IOException {
    byte[] line =
        (new Message(word, Records.write(value)).line() + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(line);
    synchronized (this) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
