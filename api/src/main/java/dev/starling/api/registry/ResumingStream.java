package dev.starling.api.registry;

import dev.starling.api.content.CorruptContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a part of a blob. When the connection breaks or ends early they are taken up where
 * they broke. Not thread-safe.
 */
final class ResumingStream extends InputStream {

  /** As many bytes without a break are progress: the count of attempts begins anew. */
  private static final long PROGRESS = 1024 * 1024;

  private final BlobReader reader;
  private final long end;
  private final Runnable onClose;
  private @Nullable Answer answer;
  private long position;
  private long lastBreak;
  private int breaks;
  private boolean closed;

  /**
   * @param answer what the reader opened at {@code from}
   * @param onClose runs when all was read or the stream is closed; may run twice
   */
  ResumingStream(BlobReader reader, Answer answer, long from, long end, Runnable onClose) {
    this.reader = reader;
    this.answer = answer;
    this.position = from;
    this.lastBreak = from;
    this.end = end;
    this.onClose = onClose;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (closed) {
      throw new IOException("the blob's stream is closed");
    }
    reader.repository().scope().check();
    if (length == 0) {
      return 0;
    }
    while (position < end) {
      Answer current = answer;
      if (current == null) {
        current = reader.open(position, end);
        answer = current;
      }
      int read;
      try {
        read = current.stream().read(buffer, offset, (int) Math.min(length, end - position));
      } catch (IOException e) {
        resumeAfter(current, current.broken(e));
        continue;
      }
      if (read > 0) {
        position += read;
        return read;
      }
      resumeAfter(current, current.broken(new IOException("it ended at byte " + position)));
    }
    finish();
    return -1;
  }

  private void resumeAfter(Answer broken, IOException failure) throws IOException {
    broken.abort();
    broken.close();
    answer = null;
    if (position - lastBreak >= PROGRESS) {
      breaks = 0;
    }
    lastBreak = position;
    breaks++;
    reader.repository().pauseAfterBreak(breaks, failure);
  }

  /** All was read: whoever sends more than the blob's size sends another blob. */
  private void finish() throws IOException {
    Answer last = answer;
    answer = null;
    onClose.run();
    if (last == null) {
      return;
    }
    try (last) {
      boolean wholeBlob = end == reader.blob().size();
      if (wholeBlob && last.length() < 0 && oneMore(last)) {
        last.abort();
        throw new CorruptContentException(
            "blob " + reader.blob().digest() + " is longer than its " + end + " bytes");
      }
      if (!wholeBlob && last.status() == 200) {
        last.abort(); // the rest of a whole blob that nobody asked for
      }
    }
  }

  private static boolean oneMore(Answer last) {
    try {
      return last.stream().read() >= 0;
    } catch (IOException e) {
      return false; // everything that was wanted has arrived
    }
  }

  @Override
  public void close() {
    closed = true;
    onClose.run();
    Answer current = answer;
    answer = null;
    if (current != null) {
      if (position < end) {
        current.abort();
      }
      current.close();
    }
  }
}
