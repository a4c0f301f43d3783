package dev.starling.snapshot.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many names of a file with hard links are left in the merged tree: layers above may hide some.
 * Counted for all files when it is first asked. Thread-safe.
 */
final class VisibleLinks {
  private final MergedView view;
  private @Nullable Map<Long, Integer> counts;

  VisibleLinks(MergedView view) {
    this.view = view;
  }

  int of(long inode) {
    return counts().getOrDefault(inode, 1);
  }

  private synchronized Map<Long, Integer> counts() {
    Map<Long, Integer> known = counts;
    if (known == null) {
      known = count();
      counts = known;
    }
    return known;
  }

  private Map<Long, Integer> count() {
    Map<Long, Integer> found = new HashMap<>();
    Deque<MergedView.Merged> folders = new ArrayDeque<>(List.of(view.root()));
    while (!folders.isEmpty()) {
      MergedView.Merged folder = folders.pop();
      List<String> subfolders = new ArrayList<>();
      MergedView.entries(
          folder,
          (name, part) -> {
            if (part.node().isDirectory()) {
              subfolders.add(name);
            } else if (part.node().links() > 1) {
              found.merge(view.inode(part), 1, Integer::sum);
            }
          });
      for (String name : subfolders) {
        MergedView.Merged subfolder = view.lookup(folder, name);
        if (subfolder != null) {
          folders.push(subfolder);
        }
      }
    }
    return found;
  }
}
