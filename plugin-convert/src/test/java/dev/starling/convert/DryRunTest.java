package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import dev.starling.convert.ConversionPlan.Action;
import dev.starling.convert.ConversionPlan.Transfer;
import dev.starling.testkit.image.ImageBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void build() throws IOException {
    workshop = new Workshop(folder);
    try (ImageSink sink = workshop.source.sink()) {
      ImageBuilder.writeSampleIndex(sink, "index");
    }
  }

  private ConversionPlan plan(OciLayout layout, String selector, boolean there, boolean mounts)
      throws IOException {
    try (ImageSource source = layout.source()) {
      return new DryRun(
              source,
              List.of(new Places.Place("there", _ -> there, mounts)),
              folder.resolve("work"))
          .plan(selector, Workshop.all().withReuse(true));
    }
  }

  @Test
  void layersAreConvertedOrKept() throws IOException {
    ConversionPlan first = plan(workshop.source, "index", false, false);
    assertThat(first.images()).hasSize(2);
    assertThat(first.images().getFirst().layers())
        .hasSize(3)
        .allMatch(layer -> layer.action() == Action.CONVERT)
        .allMatch(layer -> layer.transfers().equals(List.of(Transfer.WRITE)));
    assertThat(folder.resolve("work")).doesNotExist();

    RawManifest root = workshop.convert("index", Workshop.all()).root();
    assertThat(transfersOfKept(root, true, true)).containsOnly(Transfer.EXISTS);
    assertThat(transfersOfKept(root, false, true)).containsOnly(Transfer.MOUNT);
    assertThat(transfersOfKept(root, false, false)).containsOnly(Transfer.WRITE);
  }

  private List<Transfer> transfersOfKept(RawManifest root, boolean there, boolean mounts)
      throws IOException {
    ConversionPlan again = plan(workshop.result, root.digest().toString(), there, mounts);
    return again.images().stream()
        .flatMap(image -> image.layers().stream())
        .peek(layer -> assertThat(layer.action()).isEqualTo(Action.REUSE))
        .flatMap(layer -> layer.transfers().stream())
        .toList();
  }

  @Test
  void theTextIsATable() throws IOException {
    StringWriter text = new StringWriter();
    plan(workshop.source, "index", false, false)
        .writeText(List.of("there"), new PrintWriter(text, true));
    assertThat(text.toString().lines()).hasSize(10).first().isEqualTo("linux/amd64");
    assertThat(text.toString())
        .contains("  convert  ", "would be written to there")
        .endsWith("nothing was written" + System.lineSeparator());
  }
}
