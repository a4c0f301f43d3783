package org.example.sizereport;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups files and adds them up. Not thread-safe. */
final class Report {

  private final Grouping grouping;
  private final int depth;
  private final String below;
  private final Map<String, long[]> groups = new HashMap<>();
  private long bytes;
  private long files;

  /**
   * @param depth how many folders deep the groups are, at least 1; only for folders
   * @param below the folder whose files count, empty for all
   */
  Report(Grouping grouping, int depth, String below) {
    this.grouping = grouping;
    this.depth = depth;
    this.below = below.replaceAll("^/+|/+$", "");
  }

  /** The report on these files, with so many rows at most. */
  SizeReport of(String image, FileTable table, int top) {
    table.forEach(this::add);
    List<SizeReport.Row> rows =
        groups.entrySet().stream()
            .map(group ->
                new SizeReport.Row(group.getKey(), group.getValue()[0], group.getValue()[1]))
            .sorted(
                Comparator.comparingLong(SizeReport.Row::bytes)
                    .reversed()
                    .thenComparing(SizeReport.Row::name))
            .limit(top)
            .toList();
    return new SizeReport(image, bytes, files, table.hiddenBytes(), rows);
  }

  private void add(String path, FileTable.Size size) {
    if (!below.isEmpty() && !path.startsWith(below + "/")) {
      return;
    }
    long[] sums = groups.computeIfAbsent(group(path, size), _ -> new long[2]);
    sums[0] += size.bytes();
    sums[1]++;
    bytes += size.bytes();
    files++;
  }

  private String group(String path, FileTable.Size size) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (grouping) {
      case FOLDER -> folder(path);
      case EXTENSION -> {
        int dot = name.lastIndexOf('.');
        yield dot > 0 ? name.substring(dot) : "(none)";
      }
      case LAYER -> "layer " + size.layer();
    };
  }

  private String folder(String path) {
    int end = below.isEmpty() ? 0 : below.length() + 1;
    for (int i = 0; i < depth; i++) {
      int slash = path.indexOf('/', end);
      if (slash < 0) {
        break;
      }
      end = slash + 1;
    }
    return "/" + path.substring(0, end);
  }
}
