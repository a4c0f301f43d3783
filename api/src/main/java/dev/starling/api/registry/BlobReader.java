package dev.starling.api.registry;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Asks for parts of one blob. Remembers where the registry redirected to, so that many small reads
 * take one request each, and asks the registry again when that place no longer answers.
 * Thread-safe.
 */
final class BlobReader {

  /**
   * How much of an answer is thrown away when a server sends a whole blob for a part of it. More is
   * not worth the waiting.
   */
  private static final long MAX_SKIP = 1L << 30;

  private final RepositoryReader repository;
  private final Descriptor blob;

  /** Where the registry redirected to, and for which endpoint. */
  private record Shortcut(Endpoint endpoint, HttpUrl url) {}

  private volatile @Nullable Shortcut shortcut;

  BlobReader(RepositoryReader repository, Descriptor blob) {
    this.repository = repository;
    this.blob = blob;
  }

  Descriptor blob() {
    return blob;
  }

  RepositoryReader repository() {
    return repository;
  }

  /**
   * An answer whose body begins at {@code from} and holds at least the bytes up to {@code to}, or
   * breaks before.
   *
   * @param from 0 to the size
   * @param to after {@code from}, at most the size
   */
  Answer open(long from, long to) throws IOException {
    return repository.firstOf(endpoint ->
        repository
            .wire()
            .retrier()
            .run(endpoint, repository.scope(), () -> open(endpoint, from, to)));
  }

  private Answer open(Endpoint endpoint, long from, long to) throws IOException {
    HttpUrl origin = repository.url(endpoint, "blobs/" + blob.digest());
    Ask ask = Ask.read("GET", endpoint, repository.name(), origin);
    if (from > 0 || to < blob.size()) {
      String last = to < blob.size() ? Long.toString(to - 1) : "";
      ask = ask.with(Map.of("Range", "bytes=" + from + "-" + last));
    }
    Shortcut known = shortcut;
    if (known != null && known.endpoint().equals(endpoint)) {
      Answer answer = trySend(endpoint, ask.to(known.url()));
      if (answer != null) {
        return accept(endpoint, ask, answer, from);
      }
      shortcut = null;
    }
    Answer answer = repository.wire().send(endpoint, ask, repository.scope());
    if (answer.isSuccess() && !answer.isOwn()) {
      shortcut = new Shortcut(endpoint, answer.url());
    }
    return accept(endpoint, ask, answer, from);
  }

  /** The shortcut's answer, or null if it leads nowhere any more. */
  private @Nullable Answer trySend(Endpoint endpoint, Ask ask) throws IOException {
    try {
      Answer answer = repository.wire().send(endpoint, ask, repository.scope());
      if (answer.isSuccess()) {
        return answer;
      }
      answer.close();
      return null;
    } catch (RegistryException e) {
      repository.scope().check();
      return null;
    }
  }

  private Answer accept(Endpoint endpoint, Ask ask, Answer answer, long from) throws IOException {
    try {
      switch (answer.status()) {
        case 200 -> skip(answer, from);
        case 206 -> requireStart(answer, from);
        case 404 -> throw missing(answer);
        case 416 ->
            throw new CorruptContentException(
                "blob "
                    + blob.digest()
                    + " of "
                    + repository.name()
                    + " is shorter than its "
                    + blob.size()
                    + " bytes: the registry has nothing from byte "
                    + from);
        default -> throw repository.wire().refusal(endpoint, ask, answer);
      }
      return answer;
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private ContentNotFoundException missing(Answer answer) {
    return new ContentNotFoundException(
        repository.reference().name()
            + " has no blob "
            + blob.digest()
            + " (GET "
            + Redaction.url(answer.url())
            + ": status 404)");
  }

  /** The server sends the whole blob, range or not. */
  private void skip(Answer answer, long from) throws IOException {
    long length = answer.length();
    // Less may be an answer that was cut on its way: what is missing is asked for.
    if (length > blob.size()) {
      answer.abort();
      throw new CorruptContentException(
          "blob "
              + blob.digest()
              + " of "
              + repository.name()
              + " has "
              + length
              + " bytes at the registry, expected "
              + blob.size());
    }
    if (from > MAX_SKIP) {
      answer.abort();
      throw new RegistryException(
          "GET "
              + Redaction.url(answer.url())
              + ": the server ignores ranges, and byte "
              + from
              + " is too far to skip to; pull the image first");
    }
    try {
      answer.stream().skipNBytes(from);
    } catch (IOException e) {
      throw answer.broken(e);
    }
  }

  private void requireStart(Answer answer, long from) throws RegistryException {
    ContentRange range = ContentRange.ofDownload(answer.header("Content-Range"));
    if (range == null || range.first() != from) {
      answer.abort();
      throw new RegistryException(
          "GET "
              + Redaction.url(answer.url())
              + ": asked for bytes from "
              + from
              + ", got "
              + (range == null ? "a part without a Content-Range" : "bytes from " + range.first()));
    }
  }
}
