package dev.starling.api.registry;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fetches manifests and checks what can be checked. */
final class ManifestReader {

  private static final String ACCEPT =
      String.join(
          ", ",
          MediaType.OCI_INDEX.value(),
          MediaType.OCI_MANIFEST.value(),
          MediaType.DOCKER_MANIFEST_LIST.value(),
          MediaType.DOCKER_MANIFEST.value());

  private ManifestReader() {}

  static RawManifest read(RepositoryReader repository, Endpoint endpoint, String tagOrDigest)
      throws IOException {
    Ask ask =
        repository.ask(
            endpoint,
            repository.url(endpoint, "manifests/" + tagOrDigest),
            Map.of("Accept", ACCEPT));
    return repository
        .wire()
        .ask(
            endpoint,
            ask,
            repository.scope(),
            answer -> {
              if (answer.status() == 404) {
                throw missing(repository, tagOrDigest, answer);
              }
              byte[] bytes = answer.bytes(RawManifest.MAX_SIZE, "the manifest");
              verify(tagOrDigest, answer.header("Docker-Content-Digest"), bytes, answer);
              return new RawManifest(
                  ManifestType.of(
                      answer.header("Content-Type"),
                      bytes,
                      "manifest " + tagOrDigest + " of " + repository.reference().name()),
                  bytes);
            });
  }

  /** The referrers API, or the tag that stands in for it. */
  static Index referrers(RepositoryReader repository, Endpoint endpoint, Digest subject)
      throws IOException {
    Ask ask =
        repository.ask(
            endpoint,
            repository.url(endpoint, "referrers/" + subject),
            Map.of("Accept", MediaType.OCI_INDEX.value()));
    @Nullable Index index =
        repository
            .wire()
            .ask(
                endpoint,
                ask,
                repository.scope(),
                answer ->
                    new Found(
                        answer.status() == 404
                            ? null
                            : Index.parse(
                                new RawManifest(
                                    MediaType.OCI_INDEX,
                                    answer.bytes(RawManifest.MAX_SIZE, "the list of referrers")))))
            .index();
    if (index != null) {
      return index;
    }
    try {
      return Index.parse(read(repository, endpoint, subject.algorithm() + "-" + subject.hex()));
    } catch (ContentNotFoundException e) {
      return new Index(MediaType.OCI_INDEX, null, List.of(), null, new TreeMap<>());
    }
  }

  private record Found(@Nullable Index index) {}

  private static ContentNotFoundException missing(
      RepositoryReader repository, String tagOrDigest, Answer answer) {
    return new ContentNotFoundException(
        repository.reference().name()
            + " has no manifest "
            + tagOrDigest
            + " (GET "
            + Redaction.url(answer.url())
            + ": status 404); check the repository's name and the tag");
  }

  /** By digest the bytes must hash to it; by tag, to what the registry says they do. */
  private static void verify(
      String tagOrDigest, @Nullable String announced, byte[] bytes, Answer answer)
      throws CorruptContentException {
    Digest expected = digest(tagOrDigest);
    if (expected == null) {
      expected = digest(announced);
    }
    if (expected == null) {
      return;
    }
    String actual = HexFormat.of().formatHex(expected.newMessageDigest().digest(bytes));
    if (!actual.equals(expected.hex())) {
      throw new CorruptContentException(
          "the manifest at "
              + Redaction.url(answer.url())
              + " hashes to "
              + expected.algorithm()
              + ":"
              + actual
              + ", expected "
              + expected);
    }
  }

  static @Nullable Digest digest(@Nullable String text) {
    if (text == null || text.indexOf(':') < 0) {
      return null;
    }
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
