package dev.starling.optimize.trace;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.fuse.OpenListener;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Node;
import dev.starling.snapshot.layer.NodeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order in which files are read for the first time. What is read before {@link #begin} is
 * not recorded, but as the kernel may not ask for it again, the next opening of such a file counts
 * as reading all of it. Thread-safe.
 */
public final class AccessRecorder implements AccessListener {

  private final Clock clock;
  private final Map<Digest, Integer> indexes = new HashMap<>();
  private final Map<Key, Seen> files = new HashMap<>();
  private final Map<Key, Seen> read = new LinkedHashMap<>();
  private @Nullable Instant start;

  /**
   * @param layers the image's, base first
   * @param clock the one by which the layers tell the time of reads
   */
  public AccessRecorder(List<Descriptor> layers, Clock clock) {
    this.clock = clock;
    for (int i = 0; i < layers.size(); i++) {
      indexes.put(layers.get(i).digest(), i); // of equal layers only the topmost is ever read
    }
  }

  private record Key(int layer, int node) {}

  /** What is known of a file. */
  private static final class Seen {
    final SequencedSet<String> names = new LinkedHashSet<>();
    final ByteRanges ranges = new ByteRanges();
    final long size;
    boolean cached;
    long firstMillis;

    Seen(long size) {
      this.size = size;
    }
  }

  /** From here on it is recorded: the container is about to be started. */
  public synchronized void begin() {
    start = clock.instant();
  }

  /** Takes note of what is opened in a layer's mount. */
  OpenListener opensOf(Layer layer) {
    int index = index(layer);
    LayerTree tree = layer.tree();
    return path -> {
      Node node = tree.find(path);
      if (node != null && node.type() == NodeType.REGULAR) {
        opened(index, node, path.startsWith("/") ? path.substring(1) : path);
      }
    };
  }

  private int index(Layer layer) {
    Integer index = indexes.get(layer.descriptor().digest());
    if (index == null) {
      throw new IllegalArgumentException("not a layer of the image: " + layer.descriptor());
    }
    return index;
  }

  private synchronized void opened(int layer, Node node, String path) {
    Seen file = seen(layer, node);
    file.names.add(path);
    if (start != null && file.cached) {
      note(new Key(layer, node.id()), file, 0, file.size, clock.instant());
    }
  }

  @Override
  public synchronized void onRead(Layer layer, Node node, long offset, int length, Instant time) {
    int index = index(layer);
    Seen file = seen(index, node);
    if (start == null) {
      file.cached = true;
    } else {
      note(new Key(index, node.id()), file, offset, offset + length, time);
    }
  }

  private Seen seen(int layer, Node node) {
    return files.computeIfAbsent(new Key(layer, node.id()), _ -> new Seen(node.size()));
  }

  private void note(Key key, Seen file, long from, long to, Instant time) {
    if (read.putIfAbsent(key, file) == null) {
      Duration passed = Duration.between(start, time);
      file.firstMillis = Math.max(0, passed.toMillis());
    }
    file.ranges.add(Math.min(from, file.size), Math.min(to, file.size));
  }

  /** What was read since {@link #begin}, in the order of the first reads. */
  public synchronized List<Access> accesses() {
    List<Access> accesses = new ArrayList<>();
    read.forEach((key, file) -> {
      List<String> names = List.copyOf(file.names);
      if (!names.isEmpty()) { // a file cannot be read that was not opened
        accesses.add(
            new Access(
                key.layer(),
                names.getFirst(),
                names.subList(1, names.size()),
                file.size,
                file.firstMillis,
                file.ranges.list()));
      }
    });
    return accesses;
  }
}
