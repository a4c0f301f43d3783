package dev.starling.api.registry;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.VerifyingInputStream;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A part of a blob on its way to the registry. Keeps what went wrong with the content apart from
 * what went wrong with the connection: only the latter is worth another attempt.
 */
final class UploadBody extends RequestBody {

  private static final MediaType OCTETS = MediaType.get("application/octet-stream");
  private static final int BUFFER = 64 * 1024;

  private final Descriptor blob;
  private final BlobContent content;
  private final long from;
  private final long to;
  private volatile @Nullable IOException contentFailure;

  UploadBody(Descriptor blob, BlobContent content, long from, long to) {
    this.blob = blob;
    this.content = content;
    this.from = from;
    this.to = to;
  }

  @Override
  public MediaType contentType() {
    return OCTETS;
  }

  @Override
  public long contentLength() {
    return to - from;
  }

  /** The session counts what arrived; sending it again unasked would store it twice. */
  @Override
  public boolean isOneShot() {
    return true;
  }

  /** What went wrong with the content, or null. */
  @Nullable IOException contentFailure() {
    return contentFailure;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (InputStream in = open()) {
      byte[] ready = new byte[BUFFER];
      byte[] next = new byte[BUFFER];
      // The last piece is held back until the end has proved right: an upload whose content is
      // not the descriptor's never becomes complete.
      int readySize = 0;
      long left = to - from;
      while (true) {
        int nextSize = read(in, next, left);
        if (nextSize < 0) {
          break;
        }
        left -= nextSize;
        sink.write(ready, 0, readySize);
        byte[] swap = ready;
        ready = next;
        next = swap;
        readySize = nextSize;
      }
      sink.write(ready, 0, readySize);
    }
  }

  private InputStream open() throws IOException {
    try {
      InputStream in = content.open(from);
      return from == 0 && to == blob.size() ? new VerifyingInputStream(in, blob) : in;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Reads what is left of the part; where the part is the blob's rest, also its end. */
  private int read(InputStream in, byte[] buffer, long left) throws IOException {
    if (left == 0 && to < blob.size()) {
      return -1;
    }
    int read;
    try {
      read = in.read(buffer, 0, (int) Math.min(buffer.length, Math.max(left, 1)));
    } catch (IOException e) {
      throw failed(e);
    }
    if (read > left) {
      throw failed(
          new CorruptContentException(
              "blob " + blob.digest() + " is longer than its " + blob.size() + " bytes"));
    }
    if (read < 0 && left > 0) {
      throw failed(
          new CorruptContentException(
              "blob " + blob.digest() + " ends " + left + " bytes before byte " + to));
    }
    return read;
  }

  private IOException failed(IOException failure) {
    contentFailure = failure;
    return failure;
  }
}
