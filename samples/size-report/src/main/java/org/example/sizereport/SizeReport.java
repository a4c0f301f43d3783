package org.example.sizereport;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Where the bytes of an image are.
 *
 * @param image the image, as it was asked for
 * @param bytes the content of all files that a container sees
 * @param files how many they are
 * @param hiddenBytes the content that layers carry but later layers replace or delete
 * @param rows the largest groups of files, largest first
 */
public record SizeReport(String image, long bytes, long files, long hiddenBytes, List<Row> rows)
    implements CommandResult {

  public SizeReport {
    rows = List.copyOf(rows);
  }

  /**
   * A group of files.
   *
   * @param name a folder, an extension or a layer
   * @param bytes the files' content
   * @param files how many they are
   */
  public record Row(String name, long bytes, long files) {}

  @Override
  public void writeText(PrintWriter out) {
    for (Row row : rows) {
      line(out, row.bytes(), row.files(), row.name());
    }
    line(out, bytes, files, "in all");
    if (hiddenBytes > 0) {
      out.printf(Locale.ROOT, "%10.1f MB in no file: later layers hide them%n", megabytes(hiddenBytes));
    }
  }

  private static void line(PrintWriter out, long bytes, long files, String name) {
    out.printf(Locale.ROOT, "%10.1f MB %8d files  %s%n", megabytes(bytes), files, name);
  }

  private static double megabytes(long bytes) {
    return bytes / 1e6;
  }
}
