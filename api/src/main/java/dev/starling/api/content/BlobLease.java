package dev.starling.api.content;

import dev.starling.api.image.Digest;
import dev.starling.api.internal.files.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Blobs that an image under construction relies on and no manifest names yet. As long as the lease
 * is open, no process deletes them as garbage. Ends by itself when the process dies. Thread-safe.
 */
public final class BlobLease implements Closeable {

  private final IngestArea area;
  private final UUID id = UUID.randomUUID();
  private final Set<Digest> held = new HashSet<>();
  private @Nullable PathLock claimed;
  private boolean closed;

  BlobLease(IngestArea area) {
    this.area = area;
  }

  /** Protects the blob, whether it is there already or not. Ask for it only afterwards. */
  public synchronized void hold(Digest digest) throws IOException {
    if (closed) {
      throw new IOException("the writer of " + area.root() + " is closed");
    }
    if (held.contains(digest)) {
      return;
    }
    if (claimed == null) {
      claimed = area.claimLease(id);
    }
    try (PathLock _ = area.lock()) {
      Files.writeString(
          area.leaseFile(id),
          digest + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    held.add(digest);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    PathLock open = claimed;
    if (open != null) {
      claimed = null;
      area.releaseLease(id, open);
    }
  }
}
