package dev.starling.api.serve;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.serve.Refusal.Code;
import java.io.Closeable;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads: in one request, in two, or in chunks; and mounts. */
final class UploadHandler implements Closeable {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

  private final BlobFolder blobs;
  private final UploadSessions sessions;

  UploadHandler(BlobFolder blobs) {
    this.blobs = blobs;
    this.sessions = new UploadSessions(blobs);
  }

  void handle(Exchange exchange, Route.Uploads route) throws IOException, Refusal {
    if (!exchange.method().equals("POST")) {
      throw new Refusal(Code.UNSUPPORTED, "expected POST");
    }
    String mount = exchange.query("mount");
    if (mount != null && blobs.has(Route.digest(mount))) {
      created(exchange, route.repository(), Route.digest(mount));
      return;
    }
    String digest = exchange.query("digest");
    if (digest != null) {
      Digest expected = Route.digest(digest);
      try (UploadSession session = sessions.open()) {
        sessions.remove(session); // ends with this request
        session.append(exchange.body());
        commit(session, expected);
      }
      created(exchange, route.repository(), expected);
      return;
    }
    answer(exchange, route.repository(), sessions.open(), 202);
  }

  void handle(Exchange exchange, Route.Upload route) throws IOException, Refusal {
    UploadSession session = sessions.require(route.id());
    synchronized (session) {
      switch (exchange.method()) {
        case "GET" -> answer(exchange, route.repository(), session, 204);
        case "PATCH" -> {
          if (append(exchange, route.repository(), session)) {
            answer(exchange, route.repository(), session, 202);
          }
        }
        case "PUT" -> finish(exchange, route.repository(), session);
        case "DELETE" -> {
          sessions.remove(session);
          session.close();
          exchange.send(204);
        }
        default -> throw new Refusal(Code.UNSUPPORTED, "expected GET, PATCH, PUT or DELETE");
      }
    }
  }

  private void finish(Exchange exchange, String repository, UploadSession session)
      throws IOException, Refusal {
    String text = exchange.query("digest");
    if (text == null) {
      throw new Refusal(Code.DIGEST_INVALID, "the query has no digest");
    }
    Digest digest = Route.digest(text);
    if (append(exchange, repository, session)) {
      sessions.remove(session);
      try (session) {
        commit(session, digest);
      }
      created(exchange, repository, digest);
    }
  }

  /** Takes the body if it continues the upload; else the answer says where it has to go on. */
  private static boolean append(Exchange exchange, String repository, UploadSession session)
      throws IOException, Refusal {
    String range = exchange.header("Content-Range");
    if (range != null) {
      Matcher matcher = CONTENT_RANGE.matcher(range);
      if (!matcher.matches()) {
        throw new Refusal(Code.BLOB_UPLOAD_INVALID, "Content-Range needs the form <first>-<last>");
      }
      if (Long.parseLong(matcher.group(1)) != session.size()) {
        answer(exchange, repository, session, 416);
        return false;
      }
    }
    session.append(exchange.body());
    return true;
  }

  private static void commit(UploadSession session, Digest digest) throws IOException, Refusal {
    try {
      session.commit(digest);
    } catch (CorruptContentException e) {
      throw new Refusal(Code.DIGEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static void created(Exchange exchange, String repository, Digest digest)
      throws IOException {
    exchange.digest(digest).set("Location", "/v2/" + repository + "/blobs/" + digest).send(201);
  }

  /** An upload without bytes is at {@code 0-0}, as the field's registries put it. */
  private static void answer(
      Exchange exchange, String repository, UploadSession session, int status) throws IOException {
    exchange
        .set("Location", "/v2/" + repository + "/blobs/uploads/" + session.id())
        .set("Docker-Upload-Uuid", session.id())
        .set("Range", "0-" + Math.max(0, session.size() - 1))
        .send(status);
  }

  @Override
  public void close() throws IOException {
    sessions.close();
  }
}
