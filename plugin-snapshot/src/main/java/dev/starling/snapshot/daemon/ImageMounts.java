package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.DaemonState.Image;
import dev.starling.snapshot.daemon.DaemonState.Mounted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Mounts whole images on directories, and takes mounts and pulled images away. Thread-safe.
 *
 * @param ledger where what is mounted is promised
 * @param directories those that are in use
 */
record ImageMounts(
    DaemonPlaces places,
    Faces faces,
    LayerSource source,
    Ledger ledger,
    MountDirectories directories) {

  private static final int ID_LENGTH = 8;

  /**
   * Mounts a whole image.
   *
   * @param directory absolute and empty; made if missing
   * @throws IOException if it cannot be; then nothing has changed
   */
  Calls.MountedImage mount(
      Access access, Path directory, boolean writable, Consumer<Fetching> events)
      throws IOException {
    directories.take(directory, access.reference());
    boolean complete = false;
    try {
      Calls.MountedImage mounted = mountTaken(access, directory, writable, events);
      complete = true;
      return mounted;
    } finally {
      if (!complete) {
        directories.giveUp(directory);
      }
    }
  }

  private Calls.MountedImage mountTaken(
      Access access, Path directory, boolean writable, Consumer<Fetching> events)
      throws IOException {
    Images.Resolved resolved = source.images().resolve(access, events);
    LayerSet layers = source.acquire(access, resolved, LiveSnapshot::open);
    String id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
    LiveMount mount =
        live(new Mounted(id, access.reference(), directory.toString(), writable, layers.ids()));
    try {
      mount.mount(layers.layers());
    } catch (IOException | RuntimeException e) {
      mount.remove();
      source.snapshots().release(layers.ids());
      throw e;
    }
    ledger.enter(mount);
    return new Calls.MountedImage(id, directory.toString(), resolved.digest(), layers.status());
  }

  private LiveMount live(Mounted entry) {
    return new LiveMount(entry, places.mount(entry.id()), faces);
  }

  /**
   * Takes over a mount as an earlier daemon left it.
   *
   * @return makes it anew
   */
  Restoration.Piece retake(Mounted entry) {
    LiveMount mount = live(entry);
    ledger.retake(mount);
    directories.retake(Path.of(entry.directory()), entry.reference());
    return mount.piece(source.snapshots().reacquire(entry.snapshots()));
  }

  /**
   * Takes mounts and images away.
   *
   * @param target a mount's directory or id, or an image's reference
   * @throws IOException if there is nothing of that name, or it cannot be unmounted
   */
  Calls.Unmounted unmount(String target) throws IOException {
    Ledger.Entries found = ledger.find(target);
    if (found.isEmpty()) {
      throw new IOException(
          "nothing is mounted as " + target + "; `starling status` lists what there is");
    }
    for (LiveMount mount : found.mounts()) {
      mount.remove();
    }
    Ledger.Entries struck = ledger.strike(found);
    for (LiveMount mount : struck.mounts()) {
      directories.free(Path.of(mount.entry().directory()));
      source.snapshots().release(mount.entry().snapshots());
    }
    Image image = struck.image();
    if (image != null) {
      source.snapshots().release(image.snapshots());
    }
    ledger.save();
    return new Calls.Unmounted(
        struck.mounts().stream().map(mount -> mount.entry().directory()).toList(),
        image == null ? List.of() : List.of(target));
  }
}
