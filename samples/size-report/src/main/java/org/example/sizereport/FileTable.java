package org.example.sizereport;

import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The files that a container sees when one layer after another lies above those before. Not
 * thread-safe.
 */
final class FileTable {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** What eStargz keeps in a layer for itself. */
  private static final Set<String> OWN =
      Set.of("stargz.index.json", ".prefetch.landmark", ".no.prefetch.landmark");

  private final TreeMap<String, Size> files = new TreeMap<>();
  private long hiddenBytes;
  private int layer;

  /**
   * A file.
   *
   * @param bytes its content
   * @param layer the layer it comes from, counted from 1
   */
  record Size(long bytes, int layer) {}

  /** Begins the next layer. */
  void nextLayer() {
    layer++;
  }

  /** Adds an entry of the layer's tar. */
  void add(TarEntry entry) {
    String path = clean(entry.name());
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String folder = path.substring(0, slash + 1);
    if (OWN.contains(path)) {
      return;
    }
    if (name.equals(OPAQUE)) {
      hideBelow(folder);
    } else if (name.startsWith(WHITEOUT)) {
      hide(folder + name.substring(WHITEOUT.length()));
      hideBelow(folder + name.substring(WHITEOUT.length()) + "/");
    } else if (entry.type() != TarType.DIRECTORY) {
      hide(path);
      files.put(path, new Size(entry.size(), layer));
    }
  }

  private static String clean(String name) {
    return name.replaceAll("^(\\.?/)+", "").replaceAll("/+$", "");
  }

  private void hide(String path) {
    Size old = files.remove(path);
    if (old != null) {
      hiddenBytes += old.bytes();
    }
  }

  /** Hides what layers before this one have in a folder. */
  private void hideBelow(String folder) {
    Map<String, Size> below = folder.isEmpty() ? files : files.subMap(folder, folder + '\uffff');
    for (String path : below.keySet().toArray(String[]::new)) {
      if (below.get(path).layer() < layer) {
        hide(path);
      }
    }
  }

  /** What layers carry but no file has any more. */
  long hiddenBytes() {
    return hiddenBytes;
  }

  /** Calls with every file's path, without a slash before it, in the order of paths. */
  void forEach(BiConsumer<String, Size> action) {
    files.forEach(action);
  }
}
