package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Layers with entries for all the parent directories; two, since the peer takes minutes for a large
 * third one.
 */
class DebianWithParentsConversionTest extends DebianConversionContract {
  DebianWithParentsConversionTest() {
    super("parents", 2, 10_000);
  }

  @Test
  void itsTocsAreThePeersButForOffsets(Lab lab) throws Exception {
    String theirs = lab.registry().image("peer:parents");
    lab.containerd().ctrRemote("images", "pull", "--plain-http", source).check();
    // The level moves offsets only, and 9 takes long on one CPU.
    lab.containerd()
        .ctrRemote(
            "images",
            "convert",
            "--oci",
            "--estargz",
            "--estargz-compression-level=1",
            source,
            theirs)
        .limit(Duration.ofMinutes(15))
        .check();
    lab.containerd().ctrRemote("images", "push", "--plain-http", theirs).check();
    JsonNode peer = lab.manifest(theirs).path("layers");
    JsonNode mine = manifest.path("layers");
    assertThat(peer).hasSize(2);
    for (int i = 0; i < peer.size(); i++) {
      String expected = toc(lab, peer.path(i).path("digest").asString());
      String actual = toc(lab, mine.path(i).path("digest").asString());
      assertThat(firstDifference(withoutOffsets(expected), withoutOffsets(actual)))
          .as("layer %d", i)
          .isEmpty();
    }
  }

  /** Tells where two long texts part, as a diff of megabytes helps nobody. */
  private static String firstDifference(List<String> expected, List<String> actual) {
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String want = i < expected.size() ? expected.get(i) : "the end";
      String got = i < actual.size() ? actual.get(i) : "the end";
      if (!want.equals(got)) {
        List<String> near = expected.subList(Math.max(0, i - 6), Math.min(i, expected.size()));
        return "line %d: expected '%s' but was '%s', after %s".formatted(i + 1, want, got, near);
      }
    }
    return "";
  }

  private static List<String> withoutOffsets(String toc) {
    List<String> lines = List.of(toc.split("\n", -1));
    List<String> rest = lines.stream().filter(l -> !l.startsWith("\t\t\t\"offset\": ")).toList();
    assertThat(rest).hasSizeLessThan(lines.size());
    return rest;
  }
}
