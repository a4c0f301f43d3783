package dev.starling.snapshot.daemon;

import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.DaemonState.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The layers that the daemon holds, gone with the last image or mount that uses them. One layer
 * above another is held once however many do; above different ones it is shown in different ways.
 * Thread-safe.
 */
final class Snapshots {

  private final DaemonPlaces places;
  private final Images images;
  private final Faces faces;
  private final Map<Integer, LiveSnapshot> byId = new TreeMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();
  private int next;

  Snapshots(DaemonPlaces places, Images images, Faces faces, DaemonState state) {
    this.places = places;
    this.images = images;
    this.faces = faces;
    this.next = state.nextSnapshot();
    // A layer has a higher number than its parent.
    for (Snapshot entry :
        state.snapshots().stream().sorted(Comparator.comparingInt(Snapshot::id)).toList()) {
      add(entry);
      next = Math.max(next, entry.id() + 1);
    }
  }

  private LiveSnapshot add(Snapshot entry) {
    LiveSnapshot parent = byId.get(entry.parent());
    LiveSnapshot snapshot =
        new LiveSnapshot(entry, parent, images, faces, places.fileSystem(entry.id()));
    byId.put(entry.id(), snapshot);
    uses.put(entry.id(), 0);
    return snapshot;
  }

  /**
   * The layer of that digest above that parent, made if it is not there, with one more use.
   *
   * @param parent the number of the layer below it, 0 for none; held by the caller
   */
  synchronized LiveSnapshot acquire(Access image, Descriptor layer, int parent) {
    for (LiveSnapshot snapshot : byId.values()) {
      if (snapshot.entry().parent() == parent && isOf(snapshot.entry(), image, layer)) {
        uses.merge(snapshot.entry().id(), 1, Integer::sum);
        return snapshot;
      }
    }
    LiveSnapshot snapshot =
        add(
            new Snapshot(
                next++,
                parent,
                image,
                layer.mediaType().toString(),
                layer.digest().toString(),
                layer.size(),
                layer.annotations()));
    uses.put(snapshot.entry().id(), 1);
    return snapshot;
  }

  /** What was opened unverified must not serve those who want it verified. */
  private static boolean isOf(Snapshot entry, Access image, Descriptor layer) {
    return entry.digest().equals(layer.digest().toString())
        && entry.annotations().equals(layer.annotations())
        && entry.image().skipContentVerify() == image.skipContentVerify();
  }

  /** The layers of these numbers, with one more use each, as the state says. */
  synchronized List<LiveSnapshot> reacquire(List<Integer> ids) {
    List<LiveSnapshot> snapshots = get(ids);
    snapshots.forEach(snapshot -> uses.merge(snapshot.entry().id(), 1, Integer::sum));
    return snapshots;
  }

  /** The layers of these numbers; those that are not there are left out. */
  synchronized List<LiveSnapshot> get(List<Integer> ids) {
    return ids.stream()
        .map(byId::get)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  synchronized List<LiveSnapshot> all() {
    return List.copyOf(byId.values());
  }

  /** One use less of each; those without any are closed and removed. */
  void release(Collection<Integer> ids) throws IOException {
    IOException failure = null;
    for (LiveSnapshot snapshot : unused(ids)) {
      try {
        snapshot.close();
        Path folder = places.snapshot(snapshot.entry().id());
        Files.deleteIfExists(places.fileSystem(snapshot.entry().id()));
        Files.deleteIfExists(places.snapshotState(snapshot.entry().id()));
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized List<LiveSnapshot> unused(Collection<Integer> ids) {
    List<LiveSnapshot> unused = new ArrayList<>();
    for (int id : ids) {
      LiveSnapshot snapshot = byId.get(id);
      if (snapshot != null && uses.merge(id, -1, Integer::sum) <= 0) {
        byId.remove(id);
        uses.remove(id);
        unused.add(snapshot);
      }
    }
    return unused;
  }

  /** Removes those that nothing uses, which a dead daemon left in the state. */
  void removeUnused() throws IOException {
    List<Integer> unused;
    synchronized (this) {
      unused =
          uses.entrySet().stream().filter(e -> e.getValue() <= 0).map(Map.Entry::getKey).toList();
    }
    release(unused);
  }

  synchronized int next() {
    return next;
  }

  synchronized List<Snapshot> entries() {
    return byId.values().stream().map(LiveSnapshot::entry).toList();
  }
}
