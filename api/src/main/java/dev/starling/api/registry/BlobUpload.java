package dev.starling.api.registry;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.image.Descriptor;
import dev.starling.api.registry.UploadSession.Position;
import java.io.IOException;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * One upload: links the blob from another repository if it can, else sends it in one request or in
 * pieces, and takes it up where it broke. Used once, by one thread.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push">
 *     distribution specification, Push</a>
 */
final class BlobUpload {

  /** The size of pieces where the registry refuses the whole. */
  private static final long SMALL_PIECE = 16 * 1024 * 1024;

  private final UploadSession session;
  private final BlobContent content;
  private long pieceSize;
  private @Nullable UploadBody lastBody;

  BlobUpload(UploadSession session, BlobContent content) {
    this.session = session;
    this.content = content;
    long configured = session.wire().uploadChunkSize();
    this.pieceSize = configured == 0 ? Long.MAX_VALUE : configured;
  }

  Outcome run(@Nullable String mountFrom) throws IOException {
    Position start = mountFrom == null ? session.begin() : session.mount(mountFrom);
    return start == null ? Outcome.MOUNTED : send(start);
  }

  private Outcome send(Position start) throws IOException {
    Position at = start;
    int failures = 0;
    while (true) {
      try {
        while (at.offset() > 0 || pieceSize < blob().size()) {
          if (at.offset() == blob().size()) {
            break;
          }
          long before = at.offset();
          at = session.patch(at, Math.min(blob().size(), pieceEnd(before)), this::part);
          failures = 0;
        }
        session.finish(at, this::part);
        return Outcome.WRITTEN;
      } catch (IOException | RuntimeException e) {
        IOException contentFailure = lastBody == null ? null : lastBody.contentFailure();
        failures++;
        if (contentFailure != null) {
          session.cancel(at);
          throw contentFailure;
        }
        if (!(e instanceof RegistryException failure)) {
          session.cancel(at);
          throw e;
        }
        prepareForNext(failure, failures, at);
      }
      Position resumed = session.status(at);
      if (resumed == null && isThere()) {
        return Outcome.WRITTEN; // only the answer was lost
      }
      at = resumed == null ? session.begin() : resumed;
    }
  }

  /** Decides whether to go on after a failure, and waits. */
  private void prepareForNext(RegistryException failure, int failures, Position at)
      throws IOException {
    session.scope().check();
    Retrier retrier = session.wire().retrier();
    if (failure.status() == 413 && pieceSize > SMALL_PIECE && blob().size() > SMALL_PIECE) {
      pieceSize = SMALL_PIECE;
      return;
    }
    // The last three say that the session is gone or stands elsewhere.
    boolean passing =
        failure.isWorthRetrying()
            || failure.status() == 404
            || failure.status() == 416
            || failure.hasCode("BLOB_UPLOAD_INVALID");
    if (!passing || failures >= retrier.attempts(session.endpoint())) {
      session.cancel(at);
      throw failure;
    }
    retrier.pause(failures, failure.retryAfter(), session.scope());
  }

  private boolean isThere() throws IOException {
    return BlobPresence.check(
            session.wire(),
            session.endpoint(),
            session.repository(),
            blob().digest(),
            session.scope())
        .there();
  }

  private long pieceEnd(long from) {
    return pieceSize > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + pieceSize;
  }

  /** The bytes from here to there; an empty body at the blob's end. */
  private RequestBody part(long from, long to) {
    if (from == to && from > 0) {
      return RequestBody.create(new byte[0], null);
    }
    UploadBody body = new UploadBody(blob(), content, from, to);
    lastBody = body;
    return body;
  }

  private Descriptor blob() {
    return session.blob();
  }
}
