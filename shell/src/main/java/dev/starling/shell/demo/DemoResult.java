package dev.starling.shell.demo;

import dev.starling.api.command.CommandResult;
import dev.starling.shell.image.ByteCount;
import dev.starling.shell.image.Columns;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the demo did.
 *
 * @param steps the steps in order
 * @param layers how many layers the image had
 * @param entries how many files, folders and links
 * @param tarSize the length of its layers' tar in bytes
 * @param sourceSize the length of its layers in bytes
 * @param convertedSize the length of the converted layers in bytes
 */
public record DemoResult(
    List<Step> steps, int layers, int entries, long tarSize, long sourceSize, long convertedSize)
    implements CommandResult {

  public DemoResult {
    steps = List.copyOf(steps);
  }

  /**
   * A step.
   *
   * @param command what was run
   * @param time how long it took
   * @param outcome what came of it, for people
   */
  public record Step(String command, Duration time, String outcome) {}

  @Override
  public void writeText(PrintWriter out) {
    Columns columns = new Columns().row("STEP", "TIME", "OUTCOME");
    for (Step step : steps) {
      columns.row(
          step.command(),
          String.format(Locale.ROOT, "%.2f s", step.time().toMillis() / 1000.0),
          step.outcome());
    }
    columns.writeTo(out);
    out.printf(
        Locale.ROOT,
        "%d layers, %,d entries, %s of tar: %s as gzip, %s as eStargz%n",
        layers,
        entries,
        new ByteCount(tarSize),
        new ByteCount(sourceSize),
        new ByteCount(convertedSize));
    out.println(
        "everything was in a temporary folder and is removed;"
            + " next: starling convert --oci --estargz IMAGE TARGET");
  }
}
