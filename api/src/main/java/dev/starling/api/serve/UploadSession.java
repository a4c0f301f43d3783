package dev.starling.api.serve;

import dev.starling.api.content.BlobWriter;
import dev.starling.api.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** An upload under way; guarded by its monitor. What a broken request has brought stays. */
final class UploadSession implements Closeable {

  private static final int BUFFER = 128 * 1024;

  private final String id;
  private final BlobWriter writer;
  private volatile Instant lastUsed;

  UploadSession(String id, BlobWriter writer, Instant now) {
    this.id = id;
    this.writer = writer;
    this.lastUsed = now;
  }

  String id() {
    return id;
  }

  Instant lastUsed() {
    return lastUsed;
  }

  void touch(Instant now) {
    lastUsed = now;
  }

  synchronized long size() {
    return writer.size();
  }

  synchronized void append(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      writer.write(buffer, 0, read);
    }
  }

  synchronized void commit(Digest digest) throws IOException {
    writer.commit(digest);
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
