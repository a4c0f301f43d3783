package org.example.sizereport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.api.command.UsageException;
import dev.starling.api.job.Cancellation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SizeReportTest {

  @TempDir Path folder;
  private TestContext context;
  private String image;

  @BeforeEach
  void image() throws Exception {
    context = new TestContext(folder);
    image =
        new SampleImage()
            .file("usr/lib/a.so", 3000)
            .file("usr/lib/b.so", 1000)
            .file("var/cache/old", 700)
            .layer()
            .file("./etc/app.conf", 50)
            .file("usr/lib/b.so", 2000)
            .file("var/.wh.cache", 0)
            .layer()
            .writeTo(folder.resolve("layout"));
  }

  private SizeReport report(String... words) throws Exception {
    SizeReportCommand command = new SizeReportCommand();
    new CommandLine(command).parseArgs(words);
    return command.run(context);
  }

  @Test
  void groupsWhatAContainerSeesByFolder() throws Exception {
    SizeReport report = report(image);
    assertEquals(5050, report.bytes());
    assertEquals(3, report.files());
    assertEquals(1700, report.hiddenBytes());
    assertEquals(
        List.of(new SizeReport.Row("/usr/lib/", 5000, 2), new SizeReport.Row("/etc/", 50, 1)),
        report.rows());
    assertEquals(List.of("CHECKING 7680", "DONE", "CHECKING 5120", "DONE"), context.progress);
  }

  @Test
  void groupsByExtensionAndLayerAndShowsTheLargestOnly() throws Exception {
    assertEquals(
        List.of(new SizeReport.Row(".so", 5000, 2)),
        report("--by", "EXTENSION", "--top", "1", image).rows());
    assertEquals(
        List.of(new SizeReport.Row("layer 1", 3000, 1), new SizeReport.Row("layer 2", 2050, 2)),
        report("--by", "LAYER", image).rows());
    assertEquals(50, report("--below", "/etc", image).bytes());
  }

  @Test
  void printsALineForEachGroup() throws Exception {
    StringWriter text = new StringWriter();
    report(image).writeText(new PrintWriter(text, true));
    assertTrue(text.toString().contains("2 files  /usr/lib/"), text.toString());
  }

  @Test
  void refusesWhatMakesNoSenseAndEndsWhenCancelled() {
    assertThrows(UsageException.class, () -> report("--depth", "0", image));
    Cancellation cancellation = context.cancellation();
    cancellation.request();
    assertThrows(CancellationException.class, () -> report(image));
  }
}
