package dev.starling.optimize;

import dev.starling.api.command.CommandResult;
import dev.starling.convert.ConvertResult;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code optimize} did.
 *
 * @param conversion what became of the image
 * @param trace what the workload read, or null if none was run
 */
public record OptimizeResult(ConvertResult conversion, @Nullable Trace trace)
    implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    if (trace != null) {
      writeText(trace, out);
    }
    conversion.writeText(out);
  }

  private static void writeText(Trace trace, PrintWriter out) {
    Trace.Total total = trace.total();
    out.printf(
        Locale.ROOT,
        "%-5s  %-19s  %8s  %10s  %11s  %14s%n",
        "layer",
        "digest",
        "files",
        "MB",
        "prioritized",
        "prioritized MB");
    for (Trace.TracedLayer layer : trace.layers()) {
      out.printf(
          Locale.ROOT,
          "%-5d  %-19s  %8d  %10.1f  %11d  %14.1f%n",
          layer.index(),
          layer.digest().shortHex(),
          layer.files(),
          layer.bytes() / 1e6,
          layer.prioritizedFiles(),
          layer.prioritizedBytes() / 1e6);
    }
    out.printf(
        Locale.ROOT,
        "prioritized: %d of %d files, %.1f MB of %.1f MB (%.1f %%), read within %.1f s%n",
        total.prioritizedFiles(),
        total.files(),
        total.prioritizedBytes() / 1e6,
        total.bytes() / 1e6,
        total.percent(),
        trace.millis() / 1e3);
    for (Trace.LargeFile file : trace.largest().stream().limit(3).toList()) {
      out.printf(Locale.ROOT, "  largest: %s, %.1f MB%n", file.path(), file.size() / 1e6);
    }
    out.printf(
        Locale.ROOT,
        "prefetch: about %.1f MB compressed, %.1f s at 100 Mbit/s%n",
        total.prefetchBytes() / 1e6,
        total.prefetchSeconds());
  }
}
