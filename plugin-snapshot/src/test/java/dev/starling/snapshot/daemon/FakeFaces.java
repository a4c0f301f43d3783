package dev.starling.snapshot.daemon;

import dev.starling.snapshot.layer.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Mounts nothing and remembers what would be. */
final class FakeFaces implements Faces {

  /** What is mounted where. */
  final Map<Path, String> mounted = new ConcurrentSkipListMap<>();

  final List<Path> cleared = Collections.synchronizedList(new ArrayList<>());

  private synchronized Face mount(Path directory, String what) throws IOException {
    if (mounted.putIfAbsent(directory, what) != null) {
      throw new IOException(directory + " is a mount point already");
    }
    return new Face() {
      @Override
      public boolean isServing() {
        return mounted.containsKey(directory);
      }

      @Override
      public void close() {
        mounted.remove(directory);
      }
    };
  }

  private static String name(Layer layer) {
    return layer.descriptor().annotations().getOrDefault("name", "");
  }

  @Override
  public Face layer(Layer layer, List<Layer> below, Path directory) throws IOException {
    return mount(directory, name(layer));
  }

  @Override
  public Face image(List<Layer> layers, Path directory) throws IOException {
    return mount(directory, String.join("+", layers.stream().map(FakeFaces::name).toList()));
  }

  @Override
  public Face writable(Path lower, Path upper, Path work, Path directory) throws IOException {
    return mount(directory, "writable " + mounted.get(lower));
  }

  @Override
  public synchronized void clear(Path directory) {
    if (mounted.remove(directory) != null) {
      cleared.add(directory);
    }
  }
}
