package dev.starling.snapshot.daemon;

import dev.starling.api.job.Log;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.DaemonState.Image;
import dev.starling.snapshot.daemon.DaemonState.Mounted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds images and mounts, and remembers them. Its state file is written before a method returns,
 * so that the next daemon has what a caller was promised. Thread-safe.
 */
public final class Daemon implements Closeable {

  /** How long a start waits for what is taken up; the rest goes on beside the calls. */
  private static final Duration RESTORING = Duration.ofSeconds(10);

  private final Snapshots snapshots;
  private final Ledger ledger;
  private final ImagePulls pulls;
  private final ImageMounts mounts;
  private final Restoration restoration;
  private final Upkeep upkeep;

  private Daemon(DaemonPlaces places, Images images, Faces faces, Log log, DaemonState state) {
    this.snapshots = new Snapshots(places, images, faces, state);
    this.ledger = new Ledger(places.state(), snapshots);
    this.upkeep = new Upkeep(places, () -> layers().status(), log);
    LayerSource source = new LayerSource(images, snapshots, upkeep::opened);
    this.pulls = new ImagePulls(source, ledger);
    this.mounts = new ImageMounts(places, faces, source, ledger, new MountDirectories());
    this.restoration = new Restoration(log);
  }

  /**
   * Takes up the state that the last daemon left: clears dead mounts away and mounts anew what was
   * mounted. What cannot be mounted now is told to the log, stays in the state and is tried again
   * from time to time.
   *
   * @param places the caller holds the lock of this place
   * @throws IOException if the state file is damaged or nothing can be written
   */
  public static Daemon start(DaemonPlaces places, Images images, Faces faces, Log log)
      throws IOException {
    Files.createDirectories(places.snapshots());
    DaemonState state = StateFile.read(places.state());
    Daemon daemon = new Daemon(places, images, faces, log, state);
    daemon.restore(state);
    return daemon;
  }

  private void restore(DaemonState state) throws IOException {
    List<Restoration.Piece> pieces = new ArrayList<>();
    for (Image image : state.images()) {
      ledger.retake(image);
      List<LiveSnapshot> layers = snapshots.reacquire(image.snapshots());
      if (image.layersMounted()) {
        pieces.addAll(layers);
      }
    }
    for (Mounted entry : state.mounts()) {
      pieces.add(mounts.retake(entry));
    }
    snapshots.removeUnused();
    ledger.save();
    restoration.start(List.copyOf(new LinkedHashSet<>(pieces)), RESTORING);
  }

  /**
   * Makes an image's layers available, each with a mount of its own. An image of that name that is
   * held already makes room for it.
   *
   * @param events told what is fetched on the way
   * @throws IOException if the image cannot be resolved, opened or mounted; then nothing is held
   */
  public Calls.Pulled pull(Access access, Consumer<Fetching> events) throws IOException {
    return pulls.pull(access, events);
  }

  /**
   * Keeps an image's layers available, each with a mount of its own, whatever becomes of its name.
   * One that was pulled before is taken as it is, without a word to its registry.
   *
   * @param events told what is fetched on the way
   * @return lets go of them when closed
   * @throws IOException if the image cannot be resolved, opened or mounted; then nothing has
   *     changed
   */
  public ImageHold hold(Access access, Consumer<Fetching> events) throws IOException {
    return pulls.hold(access, events);
  }

  /**
   * Mounts a whole image.
   *
   * @param directory absolute and empty; made if missing
   * @throws IOException if it cannot be; then nothing has changed
   */
  public Calls.MountedImage mount(
      Access access, Path directory, boolean writable, Consumer<Fetching> events)
      throws IOException {
    return mounts.mount(access, directory, writable, events);
  }

  /**
   * Takes mounts and images away.
   *
   * @param target a mount's directory or id, or an image's reference
   * @throws IOException if there is nothing of that name, or it cannot be unmounted
   */
  public Calls.Unmounted unmount(String target) throws IOException {
    return mounts.unmount(target);
  }

  /** How everything does. */
  public Calls.Status status() {
    return ledger.status();
  }

  /** All layers, by their numbers. */
  LayerSet layers() {
    return new LayerSet(snapshots.all());
  }

  /**
   * Keeps the file beside each layer's mount up to date from now on, until the daemon is closed.
   *
   * @param pause how often it is looked whether anything has changed
   */
  public void startReporting(Duration pause) {
    upkeep.start(pause);
  }

  /** Unmounts everything; the state stays, for the next daemon to mount it again. */
  @Override
  public void close() throws IOException {
    upkeep.close();
    restoration.close();
    List<Closeable> all = new ArrayList<>(ledger.mounts());
    all.addAll(snapshots.all());
    IOException first = null;
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
