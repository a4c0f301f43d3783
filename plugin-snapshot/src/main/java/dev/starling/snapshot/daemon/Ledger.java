package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.Calls.ImageStatus;
import dev.starling.snapshot.daemon.Calls.MountStatus;
import dev.starling.snapshot.daemon.DaemonState.Image;
import dev.starling.snapshot.daemon.DaemonState.Mounted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The images and mounts that the daemon has promised, by their names, and the state file that says
 * so. Thread-safe.
 */
final class Ledger {

  private final Path file;
  private final Snapshots snapshots;
  private final Map<String, Image> images = new LinkedHashMap<>();
  private final Map<String, LiveMount> mounts = new LinkedHashMap<>();

  /** An empty one; nothing is written before something is entered or it is saved. */
  Ledger(Path file, Snapshots snapshots) {
    this.file = file;
    this.snapshots = snapshots;
  }

  /**
   * What a target names, and what is struck out with it.
   *
   * @param image an image whose layers are held; null if it names none
   */
  record Entries(List<LiveMount> mounts, @Nullable Image image) {
    boolean isEmpty() {
      return mounts.isEmpty() && image == null;
    }
  }

  /** Takes over what the state file says already. */
  synchronized void retake(Image image) {
    images.put(image.access().reference(), image);
  }

  /** Takes over what the state file says already. */
  synchronized void retake(LiveMount mount) {
    mounts.put(mount.entry().id(), mount);
  }

  /**
   * Promises an image, and saves.
   *
   * @return what had its name
   */
  synchronized @Nullable Image enter(Image image) throws IOException {
    Image before = images.put(image.access().reference(), image);
    save();
    return before;
  }

  /** Promises a mount, and saves. */
  synchronized void enter(LiveMount mount) throws IOException {
    mounts.put(mount.entry().id(), mount);
    save();
  }

  /**
   * What is meant.
   *
   * @param target a mount's directory or id, or an image's reference
   */
  synchronized Entries find(String target) {
    return new Entries(
        mounts.values().stream().filter(mount -> isMeant(mount.entry(), target)).toList(),
        images.get(target));
  }

  private static boolean isMeant(Mounted entry, String target) {
    return List.of(entry.id(), entry.directory(), entry.reference()).contains(target);
  }

  /**
   * Promises these no more, and saves.
   *
   * @return those of them that nobody else has struck out meanwhile
   */
  synchronized Entries strike(Entries entries) throws IOException {
    List<LiveMount> struck =
        entries.mounts().stream().filter(mount -> mounts.values().remove(mount)).toList();
    Image image = entries.image();
    boolean mine = image != null && images.values().remove(image);
    save();
    return new Entries(struck, mine ? image : null);
  }

  /**
   * Uses an image's layers once more, so that they stay whatever becomes of its name.
   *
   * @return to be closed; null if there is none of that name that will do
   */
  synchronized @Nullable ImageHold hold(String reference, Predicate<Image> willDo) {
    Image image = images.get(reference);
    if (image == null || !willDo.test(image)) {
      return null;
    }
    LayerSet layers = new LayerSet(snapshots.reacquire(image.snapshots()));
    return new ImageHold(image, layers, () -> release(layers.ids()));
  }

  /** Gives up a use of each of these layers, and saves. */
  void release(List<Integer> layers) throws IOException {
    snapshots.release(layers);
    save();
  }

  /** How the daemon and all that is promised do. */
  synchronized Calls.Status status() {
    List<ImageStatus> held = images.values().stream().map(this::status).toList();
    List<MountStatus> mounted = mounts.values().stream().map(LiveMount::status).toList();
    return new Calls.Status(ProcessHandle.current().pid(), held, mounted);
  }

  private ImageStatus status(Image image) {
    return new ImageStatus(
        image.access().reference(),
        image.digest(),
        new LayerSet(snapshots.get(image.snapshots())).status());
  }

  synchronized List<LiveMount> mounts() {
    return List.copyOf(mounts.values());
  }

  /** Writes the state file, for the next daemon. */
  synchronized void save() throws IOException {
    DaemonState state =
        new DaemonState(
            snapshots.next(),
            List.copyOf(images.values()),
            snapshots.entries(),
            mounts.values().stream().map(LiveMount::entry).toList());
    StateFile.write(file, state, true);
  }
}
