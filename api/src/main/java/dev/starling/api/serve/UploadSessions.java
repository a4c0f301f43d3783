package dev.starling.api.serve;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.serve.Refusal.Code;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The uploads under way, bounded in number and idle time. Thread-safe. */
final class UploadSessions implements Closeable {

  private static final int MAX_SESSIONS = 1_000;
  private static final Duration MAX_IDLE = Duration.ofHours(1);

  private final BlobFolder blobs;
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

  UploadSessions(BlobFolder blobs) {
    this.blobs = blobs;
  }

  UploadSession open() throws IOException, Refusal {
    if (sessions.size() >= MAX_SESSIONS) {
      dropIdle();
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw new Refusal(Code.TOOMANYREQUESTS, MAX_SESSIONS + " uploads are under way");
    }
    String id = UUID.randomUUID().toString();
    UploadSession session = new UploadSession(id, blobs.newBlob(), Instant.now());
    sessions.put(id, session);
    return session;
  }

  UploadSession require(String id) throws Refusal {
    UploadSession session = sessions.get(id);
    if (session == null) {
      throw new Refusal(Code.BLOB_UPLOAD_UNKNOWN, "there is no such upload; begin a new one");
    }
    session.touch(Instant.now());
    return session;
  }

  void remove(UploadSession session) {
    sessions.remove(session.id());
  }

  private void dropIdle() throws IOException {
    Instant limit = Instant.now().minus(MAX_IDLE);
    for (UploadSession session : List.copyOf(sessions.values())) {
      if (session.lastUsed().isBefore(limit)) {
        remove(session);
        session.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (UploadSession session : List.copyOf(sessions.values())) {
      remove(session);
      session.close();
    }
  }
}
