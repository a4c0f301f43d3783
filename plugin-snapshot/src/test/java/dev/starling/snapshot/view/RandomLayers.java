package dev.starling.snapshot.view;

import dev.starling.snapshot.layer.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Stacks of small layers over a few names, so that they meet: files, folders, links and devices
 * that replace and hide each other. Every folder has an entry and no root hides the layers below,
 * since there overlayfs does something else: it takes an implied folder for one that the layer has,
 * and does not heed a mark on the root.
 */
final class RandomLayers {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", ".e", "\u00e4");
  private static final int DEPTH = 3;

  private final Random random;
  private final MemoryLayer.Builder layer = new MemoryLayer.Builder();
  private final List<String> files = new ArrayList<>();

  private RandomLayers(Random random) {
    this.random = random;
  }

  /** Two to six layers. */
  static List<Layer> stack(Random random) throws IOException {
    List<Layer> layers = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      layers.add(new RandomLayers(random).fill(i));
    }
    return layers;
  }

  private Layer fill(int number) throws IOException {
    layer.directory("", 0755, 100 + number, xattrs());
    fill("", 1);
    return layer.build();
  }

  private void fill(String folder, int depth) throws IOException {
    for (String name : NAMES) {
      String path = folder + name;
      switch (random.nextInt(12)) {
        case 0, 1 -> file(path);
        case 2 -> layer.symlink(path, "../" + name);
        case 3 -> {
          layer.mark(folder + ".wh." + name);
          if (random.nextInt(3) == 0) {
            directory(path, depth);
          }
        }
        case 4 -> layer.device(path, 1, 1 + random.nextInt(9));
        case 5 -> {
          if (!files.isEmpty()) {
            layer.hardLink(path, files.get(random.nextInt(files.size())));
          }
        }
        case 6, 7, 8, 9 -> directory(path, depth);
        case 10 -> layer.fifo(path);
        default -> {}
      }
    }
  }

  private void file(String path) throws IOException {
    layer.file(path, path + random.nextInt(1000), 0400 + random.nextInt(0377), xattrs());
    files.add(path);
  }

  private void directory(String path, int depth) throws IOException {
    layer.directory(path, 0700 + random.nextInt(0100), 1_000 + random.nextInt(1_000), xattrs());
    if (random.nextInt(4) == 0) {
      layer.mark(path + "/.wh..wh..opq");
    }
    if (depth < DEPTH) {
      fill(path + "/", depth + 1);
    }
  }

  private Map<String, byte[]> xattrs() {
    return random.nextInt(4) == 0
        ? Map.of("user.n", new byte[] {(byte) random.nextInt(100)})
        : Map.of();
  }
}
