package dev.starling.api.registry;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an upload: each tells where the session then stands. None is made again here.
 *
 * @param blob what is uploaded
 * @param repository its name without the host
 */
record UploadSession(
    Wire wire, Endpoint endpoint, String repository, Descriptor blob, CallScope scope) {

  /**
   * Where an upload stands.
   *
   * @param location where to send on
   * @param offset how many bytes the registry has
   */
  record Position(HttpUrl location, long offset) {}

  /** Links the blob from another repository: null if that was done, else a session. */
  @Nullable Position mount(String from) throws IOException {
    HttpUrl url =
        uploads()
            .newBuilder()
            .addQueryParameter("mount", blob.digest().toString())
            .addQueryParameter("from", endpoint.repository(from))
            .build();
    Ask ask = post(url).alsoReading(endpoint, from);
    try (Answer answer = wire.send(endpoint, ask, scope)) {
      if (answer.status() == 201) {
        return null;
      }
      if (answer.status() == 202) {
        return new Position(location(answer, url), 0);
      }
    } catch (RegistryException e) {
      scope.check(); // no right to read there, perhaps: the blob itself is sent
    }
    return begin();
  }

  /** Begins a session. Made again when it fails in passing: an unused session does no harm. */
  Position begin() throws IOException {
    HttpUrl url = uploads();
    Ask ask = post(url);
    return wire.ask(
        endpoint,
        ask,
        scope,
        answer -> {
          if (answer.status() != 202) {
            throw wire.refusal(endpoint, ask, answer);
          }
          return new Position(location(answer, url), 0);
        });
  }

  /** Sends a piece. */
  Position patch(Position at, long to, BodySource body) throws IOException {
    Ask ask =
        write("PATCH", at.location(), () -> body.part(at.offset(), to))
            .with(Map.of("Content-Range", at.offset() + "-" + (to - 1)));
    try (Answer answer = wire.send(endpoint, ask, scope)) {
      if (!answer.isSuccess()) {
        throw wire.refusal(endpoint, ask, answer);
      }
      ContentRange range = ContentRange.ofUpload(answer.header("Range"));
      long offset = range == null ? to : range.last() + 1;
      if (offset <= at.offset() || offset > to) {
        throw new RegistryException(
            answer.method()
                + " "
                + Redaction.url(at.location())
                + ": after byte "
                + to
                + " was sent the registry has "
                + offset,
            416,
            List.of(),
            false,
            null,
            null);
      }
      return new Position(location(answer, at.location()), offset);
    }
  }

  /**
   * Ends the session with the bytes that are missing, none if there are no more.
   *
   * @throws CorruptContentException if the registry finds that the content is not the descriptor's
   */
  void finish(Position at, BodySource body) throws IOException {
    HttpUrl url =
        at.location().newBuilder().setQueryParameter("digest", blob.digest().toString()).build();
    Ask ask = write("PUT", url, () -> body.part(at.offset(), blob.size()));
    try (Answer answer = wire.send(endpoint, ask, scope)) {
      if (!answer.isSuccess()) {
        RegistryException refusal = wire.refusal(endpoint, ask, answer);
        if (refusal.hasCode("DIGEST_INVALID") || refusal.hasCode("SIZE_INVALID")) {
          throw new CorruptContentException(
              "the registry says that what was sent is not blob " + blob.digest(), refusal);
        }
        throw refusal;
      }
      Digest stored = ManifestReader.digest(answer.header("Docker-Content-Digest"));
      if (stored != null
          && stored.algorithm().equals(blob.digest().algorithm())
          && !stored.equals(blob.digest())) {
        throw new CorruptContentException(
            "the registry stored blob " + blob.digest() + " as " + stored);
      }
    }
  }

  /** Asks where the session stands; null if it cannot be taken up. */
  @Nullable Position status(Position before) throws IOException {
    Ask ask = write("GET", before.location(), null);
    try (Answer answer = wire.send(endpoint, ask, scope)) {
      ContentRange range = ContentRange.ofUpload(answer.header("Range"));
      // "0-0" may mean one byte or none.
      boolean usable =
          answer.isSuccess()
              && range != null
              && range.first() == 0
              && range.last() > 0
              && range.last() < blob.size();
      return range != null && usable
          ? new Position(location(answer, before.location()), range.last() + 1)
          : null;
    } catch (RegistryException e) {
      scope.check();
      return null;
    }
  }

  /** Gives the session up; a registry that does not hear of it forgets it in time. */
  void cancel(Position at) {
    try (Answer answer = wire.send(endpoint, write("DELETE", at.location(), null), scope)) {
      answer.abort();
    } catch (IOException e) {
      // The failure that led here is the one to tell.
    }
  }

  /** Makes bodies. */
  @FunctionalInterface
  interface BodySource {
    RequestBody part(long from, long to);
  }

  private HttpUrl uploads() {
    return endpoint.url(repository, "blobs/uploads/");
  }

  private Ask post(HttpUrl url) {
    return write("POST", url, () -> RequestBody.create(new byte[0], null));
  }

  private Ask write(
      String method, HttpUrl url, java.util.function.@Nullable Supplier<RequestBody> body) {
    return Ask.write(method, endpoint, repository, url, body);
  }

  /** The answer's Location; without one the session stays where it was. */
  private HttpUrl location(Answer answer, HttpUrl before) throws RegistryException {
    String text = answer.header("Location");
    HttpUrl location = text == null ? before : answer.url().resolve(text);
    if (location == null || (text == null && answer.status() == 202 && before.equals(uploads()))) {
      throw new RegistryException(
          answer.method() + " " + Redaction.url(answer.url()) + ": no usable Location");
    }
    // A registry behind a TLS proxy often believes that it is spoken to without.
    boolean downgraded =
        endpoint.base().isHttps()
            && !location.isHttps()
            && location.host().equals(endpoint.base().host());
    return downgraded
        ? location.newBuilder().scheme("https").port(endpoint.base().port()).build()
        : location;
  }
}
