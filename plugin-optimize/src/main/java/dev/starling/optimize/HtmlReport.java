package dev.starling.optimize;

import dev.starling.convert.ConvertResult;
import dev.starling.optimize.Trace.Moment;
import dev.starling.optimize.trace.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** What an optimization found, as one page that needs nothing else. */
final class HtmlReport {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 160;

  /** A round trip over a distant link, in seconds, for the estimate of what is saved. */
  private static final double ROUND_TRIP = 0.02;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; margin: .5rem 0 1.5rem }
      th, td { text-align: left; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #8884 }
      .n { text-align: right; font-variant-numeric: tabular-nums }
      td { font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere }
      svg { width: 100%; height: auto; background: #8881 }
      polyline { fill: none; stroke: #27c; stroke-width: 2 }
      </style>
      """;

  private HtmlReport() {}

  /**
   * Writes the page, replacing the file at once when it is complete.
   *
   * @param trace what was read
   */
  static void write(Path file, ConvertResult converted, Trace trace) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path part = absolute.resolveSibling("." + absolute.getFileName() + ".part");
    try {
      Files.writeString(part, page(converted, trace));
      Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The page's HTML. */
  static String page(ConvertResult converted, Trace trace) {
    HtmlText page = new HtmlText().markup(HEAD);
    page.element("title", "starling optimize " + converted.source());
    page.markup("</head><body>\n<h1>").text(converted.source()).markup("</h1>\n");
    page.markup("<p>Written to ").text(String.join(", ", converted.written()));
    page.markup(" as ").text(converted.digest()).markup(".</p>\n");
    summary(page, trace);
    timeline(page, trace);
    layers(page, trace);
    largest(page, trace);
    accesses(page, trace.accesses());
    return page.markup("</body></html>\n").toString();
  }

  private static void summary(HtmlText page, Trace trace) {
    Trace.Total total = trace.total();
    page.markup("<h2>What the list costs and saves</h2>\n")
        .table(List.of("", ""))
        .row(List.of("workload", ending(trace)))
        .row(
            List.of(
                "prioritized",
                String.format(
                    Locale.ROOT,
                    "%d of %d files, %.1f of %.1f MB (%.1f %%)",
                    total.prioritizedFiles(),
                    total.files(),
                    total.prioritizedBytes() / 1e6,
                    total.bytes() / 1e6,
                    total.percent())))
        .row(
            List.of(
                "of these read", String.format(Locale.ROOT, "%.1f MB", total.readBytes() / 1e6)))
        .row(
            List.of(
                "costs, before the image is ready",
                String.format(
                    Locale.ROOT,
                    "about %.1f MB compressed, %.1f s at 100 Mbit/s",
                    total.prefetchBytes() / 1e6,
                    total.prefetchSeconds())))
        .row(
            List.of(
                "saves, while the workload runs",
                String.format(
                    Locale.ROOT,
                    "up to %d requests, %.1f s at a round trip of 20 ms",
                    total.prioritizedFiles(),
                    total.prioritizedFiles() * ROUND_TRIP)))
        .endTable();
  }

  private static String ending(Trace trace) {
    String seconds = String.format(Locale.ROOT, "%.1f s", trace.millis() / 1e3);
    Integer exitCode = trace.end().exitCode();
    return exitCode == null
        ? "ended by " + trace.end().reason() + " after " + seconds
        : "ended with exit code " + exitCode + " after " + seconds;
  }

  private static void timeline(HtmlText page, Trace trace) {
    page.markup("<h2>When it was read</h2>\n");
    List<Moment> moments = trace.timeline();
    if (moments.isEmpty()) {
      page.markup("<p>Nothing was read.</p>\n");
      return;
    }
    Moment last = moments.getLast();
    StringBuilder points = new StringBuilder("0," + HEIGHT);
    for (Moment moment : moments) {
      points.append(
          String.format(
              Locale.ROOT,
              " %.1f,%.1f",
              WIDTH * (double) moment.millis() / Math.max(1, last.millis()),
              HEIGHT * (1 - (double) moment.bytes() / Math.max(1, last.bytes()))));
    }
    page.markup(
            String.format(
                Locale.ROOT,
                "<svg viewBox='0 0 %d %d' role=img aria-label='bytes read over time'>"
                    + "<polyline points='%s'/></svg>\n",
                WIDTH,
                HEIGHT,
                points))
        .element(
            "p",
            String.format(
                Locale.ROOT,
                "%.1f MB in %d files within %.2f s.",
                last.bytes() / 1e6,
                last.files(),
                last.millis() / 1e3));
  }

  private static void layers(HtmlText page, Trace trace) {
    page.markup("<h2>Layers</h2>\n")
        .table(List.of("", "digest", "files", "MB", "prioritized", "MB", "%"));
    for (Trace.TracedLayer layer : trace.layers()) {
      page.row(
          List.of(
              layer.index(),
              layer.digest().shortHex(),
              layer.files(),
              layer.bytes() / 1e6,
              layer.prioritizedFiles(),
              layer.prioritizedBytes() / 1e6,
              layer.bytes() == 0 ? 0.0 : 100.0 * layer.prioritizedBytes() / layer.bytes()));
    }
    page.endTable();
  }

  private static void largest(HtmlText page, Trace trace) {
    page.markup("<h2>Largest prioritized files</h2>\n")
        .table(List.of("layer", "path", "MB", "read MB"));
    for (Trace.LargeFile file : trace.largest()) {
      page.row(List.of(file.layer(), file.path(), file.size() / 1e6, file.readBytes() / 1e6));
    }
    page.endTable();
  }

  private static void accesses(HtmlText page, List<Access> accesses) {
    page.markup("<details><summary>All prioritized files, in order</summary>\n")
        .table(List.of("ms", "layer", "path", "kB", "read kB"));
    for (Access access : accesses) {
      page.row(
          List.of(
              access.firstMillis(),
              access.layer(),
              access.path(),
              access.size() / 1e3,
              access.readBytes() / 1e3));
    }
    page.endTable().markup("</details>\n");
  }
}
