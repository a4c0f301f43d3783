package dev.starling.snapshot.fetch;

import dev.starling.api.content.RandomAccessBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is opened when it is first read, and again when that failed: a layer whose content is
 * in the cache needs no network. Thread-safe.
 */
public final class DeferredBlob implements RandomAccessBlob {

  private final long size;
  private final Opener opener;
  private @Nullable RandomAccessBlob opened;
  private boolean closed;

  /** Opens the blob. */
  @FunctionalInterface
  public interface Opener {
    RandomAccessBlob open() throws IOException;
  }

  /** A blob of that many bytes. */
  public DeferredBlob(long size, Opener opener) {
    this.size = size;
    this.opener = opener;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int readAt(ByteBuffer target, long offset) throws IOException {
    return blob().readAt(target, offset);
  }

  @Override
  public InputStream openRange(long offset, long length) throws IOException {
    return blob().openRange(offset, length);
  }

  private synchronized RandomAccessBlob blob() throws IOException {
    if (closed) {
      throw new IOException("the layer is closed");
    }
    RandomAccessBlob blob = opened;
    if (blob == null) {
      blob = opener.open();
      opened = blob;
    }
    return blob;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (opened != null) {
      opened.close();
    }
  }
}
