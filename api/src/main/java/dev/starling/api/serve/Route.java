package dev.starling.api.serve;

import dev.starling.api.image.Digest;
import dev.starling.api.serve.Refusal.Code;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's path names. Its parts are validated: none can lead out of the layout. */
sealed interface Route {

  Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*)*");
  Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  int MAX_REPOSITORY = 255;

  /** {@code /v2/}. */
  record Base() implements Route {}

  /** {@code /v2/_catalog}. */
  record Catalog() implements Route {}

  /** {@code /v2/<repository>/tags/list}. */
  record Tags(String repository) implements Route {}

  /** {@code /v2/<repository>/manifests/<tag or digest>}; one of the two is null. */
  record OneManifest(String repository, @Nullable String tag, @Nullable Digest digest)
      implements Route {

    String selector() {
      return digest == null ? String.valueOf(tag) : digest.toString();
    }
  }

  /** {@code /v2/<repository>/blobs/<digest>}. */
  record Blob(String repository, Digest digest) implements Route {}

  /** {@code /v2/<repository>/blobs/uploads/}. */
  record Uploads(String repository) implements Route {}

  /** {@code /v2/<repository>/blobs/uploads/<id>}. */
  record Upload(String repository, String id) implements Route {}

  /** {@code /v2/<repository>/referrers/<digest>}. */
  record Referrers(String repository, Digest digest) implements Route {}

  static Route parse(String path) throws Refusal {
    if (path.equals("/v2/") || path.equals("/v2")) {
      return new Base();
    }
    if (path.equals("/v2/_catalog")) {
      return new Catalog();
    }
    List<String> parts = List.of(path.split("/", -1));
    int count = parts.size();
    if (count < 5 || !parts.get(0).isEmpty() || !parts.get(1).equals("v2")) {
      throw new Refusal(Code.NAME_UNKNOWN, "no such path");
    }
    String last = parts.get(count - 1);
    String kind = parts.get(count - 2);
    if (kind.equals("uploads") && parts.get(count - 3).equals("blobs")) {
      String repository = repository(parts.subList(2, count - 3));
      return last.isEmpty() ? new Uploads(repository) : new Upload(repository, last);
    }
    String repository = repository(parts.subList(2, count - 2));
    return switch (kind) {
      case "manifests" -> manifest(repository, last);
      case "blobs" ->
          last.equals("uploads") ? new Uploads(repository) : new Blob(repository, digest(last));
      case "referrers" -> new Referrers(repository, digest(last));
      case "tags" -> {
        if (!last.equals("list")) {
          throw new Refusal(Code.NAME_UNKNOWN, "no such path");
        }
        yield new Tags(repository);
      }
      default -> throw new Refusal(Code.NAME_UNKNOWN, "no such path");
    };
  }

  static Digest digest(String text) throws Refusal {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Code.DIGEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static Route manifest(String repository, String selector) throws Refusal {
    if (selector.indexOf(':') >= 0) {
      return new OneManifest(repository, null, digest(selector));
    }
    if (!TAG.matcher(selector).matches()) {
      throw new Refusal(Code.MANIFEST_INVALID, "the tag is not valid");
    }
    return new OneManifest(repository, selector, null);
  }

  private static String repository(List<String> parts) throws Refusal {
    String name = String.join("/", parts);
    if (!isRepository(name)) {
      throw new Refusal(Code.NAME_INVALID, "the repository's name is not valid");
    }
    return name;
  }

  static boolean isRepository(String name) {
    return name.length() <= MAX_REPOSITORY && REPOSITORY.matcher(name).matches();
  }
}
