package dev.starling.optimize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Digest;
import dev.starling.convert.ConvertResult;
import dev.starling.optimize.trace.Access;
import dev.starling.optimize.trace.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private static final Digest DIGEST = Digest.sha256("a".getBytes(UTF_8));

  @TempDir Path folder;

  private static Trace trace(List<Access> accesses) {
    Trace.TracedLayer layer = new Trace.TracedLayer(0, DIGEST, 500, 10, 4_000_000, 2, 3_000_000);
    return new Trace(
        null,
        DIGEST,
        new Trace.End("ended", 0, List.of()),
        1500,
        List.of(layer),
        TraceSummary.total(List.of(layer), accesses, List.of(2_000_000L)),
        TraceSummary.timeline(accesses),
        TraceSummary.largest(accesses),
        accesses);
  }

  private static ConvertResult converted() {
    return new ConvertResult(
        "registry.example/app:1",
        "local:///out:1",
        DIGEST,
        null,
        List.of(),
        "libdeflate",
        List.of("local:///out:1"),
        0,
        null,
        null,
        null);
  }

  private static final List<Access> ACCESSES =
      List.of(
          new Access(0, "usr/bin/sh", List.of(), 1_000_000, 10, List.of(new ByteRange(0, 4096))),
          new Access(
              0,
              "<script>alert(1)</script>\n",
              List.of(),
              2_000_000,
              900,
              List.of(new ByteRange(0, 1))));

  @Test
  void namesOfFilesCannotBecomeMarkup() {
    String page = HtmlReport.page(converted(), trace(ACCESSES));
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;\uFFFD", "usr/bin/sh")
        .doesNotContain("<script");
    assertThat(page).contains("2 of 10 files, 3.0 of 4.0 MB (75.0 %)", "about 1.5 MB compressed");
  }

  @Test
  void thePageNeedsNothingElseAndItsElementsAreClosed() {
    String page = HtmlReport.page(converted(), trace(ACCESSES));
    assertThat(page).doesNotContain("src=", "href=", "url(", "@import");
    for (String tag : List.of("table", "tr", "td", "th", "details", "svg", "h2", "body", "html")) {
      assertThat(count(page, "<" + tag + "[ >]")).as(tag).isEqualTo(count(page, "</" + tag + ">"));
    }
  }

  private static long count(String page, String regex) {
    return Pattern.compile(regex).matcher(page).results().map(MatchResult::group).count();
  }

  @Test
  void anImageOfWhichNothingWasReadHasAPageToo() {
    assertThat(HtmlReport.page(converted(), trace(List.of()))).contains("Nothing was read.");
  }

  @Test
  void theFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    HtmlReport.write(file, converted(), trace(ACCESSES));
    assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
  }
}
