package dev.starling.api.registry;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a repository has a blob, and how long it is: asked by HEAD, and by GET of one byte where
 * HEAD is refused, by the registry or by the storage host it redirects to.
 *
 * @param there whether it has the blob
 * @param size in bytes, or -1 if the server does not say
 */
record BlobPresence(boolean there, long size) {

  private static final BlobPresence ABSENT = new BlobPresence(false, -1);

  static BlobPresence check(
      Wire wire, Endpoint endpoint, String repository, Digest digest, CallScope scope)
      throws IOException {
    Ask head = Ask.read("HEAD", endpoint, repository, endpoint.url(repository, "blobs/" + digest));
    return wire.retrier()
        .run(
            endpoint,
            scope,
            () -> {
              try (Answer answer = wire.send(endpoint, head, scope)) {
                if (answer.isSuccess()) {
                  return new BlobPresence(true, number(answer.header("Content-Length")));
                }
                if (mayMeanNoHead(answer)) {
                  return byGet(wire, endpoint, head, scope);
                }
                throw wire.refusal(endpoint, head, answer);
              }
            });
  }

  /** Some servers answer 404 to a method they do not know, and signed URLs are for GET only. */
  private static boolean mayMeanNoHead(Answer answer) {
    return switch (answer.status()) {
      case 404, 405, 501 -> true;
      case 400, 403 -> !answer.isOwn();
      default -> false;
    };
  }

  private static BlobPresence byGet(Wire wire, Endpoint endpoint, Ask head, CallScope scope)
      throws IOException {
    Ask get =
        new Ask(
            "GET",
            head.url(),
            head.repository(),
            head.scopes(),
            Map.of("Range", "bytes=0-0"),
            null);
    try (Answer answer = wire.send(endpoint, get, scope)) {
      return switch (answer.status()) {
        case 200 -> {
          answer.abort(); // the whole blob is on its way
          yield new BlobPresence(true, answer.length());
        }
        // An empty blob has no first byte: 416.
        case 206, 416 -> new BlobPresence(true, total(answer.header("Content-Range")));
        case 404 -> ABSENT;
        default -> throw wire.refusal(endpoint, get, answer);
      };
    }
  }

  /** The length of the whole in a Content-Range header, or -1. */
  private static long total(@Nullable String contentRange) {
    return contentRange == null
        ? -1
        : number(contentRange.substring(contentRange.lastIndexOf('/') + 1));
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
