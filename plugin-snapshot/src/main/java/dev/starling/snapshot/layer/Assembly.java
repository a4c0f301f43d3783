package dev.starling.snapshot.layer;

import dev.starling.api.content.CorruptContentException;
import java.util.Arrays;

/** Turns paths and files into a tree's columns: sorts each folder's entries and counts links. */
final class Assembly {

  private final PathTable paths;
  private final IntColumn targets;
  private final Inodes inodes;
  private final NamePool texts;

  /**
   * @param targets for each path its file, negative if it was replaced
   */
  Assembly(PathTable paths, IntColumn targets, Inodes inodes, NamePool texts) {
    this.paths = paths;
    this.targets = targets;
    this.inodes = inodes;
    this.texts = texts;
  }

  LayerTree tree() throws CorruptContentException {
    int[] counts = new int[inodes.size()];
    int[] links = new int[inodes.size()];
    int total = count(counts, links);
    int[] sorted = sort(counts, total);
    int[] names = new int[total];
    int[] nodes = new int[total];
    int[] folders = new int[total];
    int[] firsts = new int[inodes.size()];
    Arrays.fill(firsts, -1);
    for (int entry = 0; entry < total; entry++) {
      int path = sorted[entry];
      names[entry] = paths.name(path);
      nodes[entry] = targets.get(path);
      folders[entry] = targets.get(paths.parent(path));
      if (firsts[nodes[entry]] < 0) {
        firsts[nodes[entry]] = entry;
      }
    }
    inodes.setLinks(links);
    texts.trim();
    return new LayerTree(inodes, texts, names, nodes, folders, firsts);
  }

  /** Counts the entries of each folder and the names of each file. */
  private int count(int[] counts, int[] links) throws CorruptContentException {
    int total = 0;
    links[targets.get(PathTable.ROOT)] = 2;
    for (int path = 1; path < paths.size(); path++) {
      int node = targets.get(path);
      if (node < 0) {
        continue;
      }
      int folder = targets.get(paths.parent(path));
      if (inodes.type(folder) != NodeType.DIRECTORY) {
        throw new CorruptContentException(
            "the layer has files in '" + paths.text(paths.parent(path)) + "', which is no folder");
      }
      total++;
      counts[folder]++;
      if (inodes.type(node) == NodeType.DIRECTORY) {
        links[node] = Math.max(links[node], 2);
        links[folder] = Math.max(links[folder], 2) + 1;
      } else {
        links[node]++;
      }
    }
    return total;
  }

  /** The paths that are in the tree, folder by folder and by name in each. */
  private int[] sort(int[] counts, int total) {
    int[] next = new int[counts.length];
    int at = 0;
    for (int folder = 0; folder < counts.length; folder++) {
      next[folder] = at;
      if (inodes.type(folder) == NodeType.DIRECTORY) {
        inodes.setEntries(folder, at, counts[folder]);
      }
      at += counts[folder];
    }
    int[] sorted = new int[total];
    for (int path = 1; path < paths.size(); path++) {
      if (targets.get(path) >= 0) {
        sorted[next[targets.get(paths.parent(path))]++] = path;
      }
    }
    for (int folder = 0; folder < counts.length; folder++) {
      sort(sorted, next[folder] - counts[folder], next[folder]);
    }
    return sorted;
  }

  private void sort(int[] sorted, int from, int to) {
    Integer[] folder = new Integer[to - from];
    for (int i = from; i < to; i++) {
      folder[i - from] = sorted[i];
    }
    Arrays.sort(folder, (a, b) -> texts.compare(paths.name(a), paths.name(b)));
    for (int i = from; i < to; i++) {
      sorted[i] = folder[i - from];
    }
  }
}
