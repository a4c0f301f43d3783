package dev.starling.snapshot.daemon;

import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.TaskGroup;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.Calls.ImageStatus;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.DaemonState.Image;
import dev.starling.snapshot.daemon.DaemonState.Mounted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds images and mounts, and remembers them. Its state file is written before a method returns,
 * so that the next daemon has what a caller was promised. Thread-safe.
 */
public final class Daemon implements Closeable {

  private static final int ID_LENGTH = 8;

  /** How long a start waits for what is taken up; the rest goes on beside the calls. */
  private static final Duration RESTORING = Duration.ofSeconds(10);

  private final DaemonPlaces places;
  private final Images images;
  private final Faces faces;
  private final Snapshots snapshots;
  private final Map<String, Image> held = new LinkedHashMap<>();
  private final Map<String, LiveMount> mounts = new LinkedHashMap<>();
  private final MountDirectories directories = new MountDirectories();
  private final Restoration restoration;
  private final Upkeep upkeep;

  private Daemon(DaemonPlaces places, Images images, Faces faces, Log log, DaemonState state) {
    this.places = places;
    this.images = images;
    this.faces = faces;
    this.snapshots = new Snapshots(places, images, faces, state);
    this.restoration = new Restoration(log);
    this.upkeep = new Upkeep(places, () -> layers().status(), log);
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
      held.put(image.access().reference(), image);
      List<LiveSnapshot> layers = snapshots.reacquire(image.snapshots());
      if (image.layersMounted()) {
        pieces.addAll(layers);
      }
    }
    for (Mounted entry : state.mounts()) {
      LiveMount mount = new LiveMount(entry, places.mount(entry.id()), faces);
      mounts.put(entry.id(), mount);
      directories.retake(Path.of(entry.directory()), entry.reference());
      pieces.add(mount.piece(snapshots.reacquire(entry.snapshots())));
    }
    snapshots.removeUnused();
    save();
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
    Images.Resolved resolved = images.resolve(access, events);
    LayerSet layers;
    String config;
    try (TaskGroup beside = TaskGroup.forTransfers(1, new Cancellation())) {
      Future<String> fetched = beside.submit(() -> images.config(access, resolved.config()));
      layers = acquire(access, resolved, LiveSnapshot::mount);
      config = await(beside, fetched, layers);
    }
    Image image =
        new Image(access, resolved.digest(), resolved.manifest(), config, true, layers.ids());
    Image before;
    synchronized (this) {
      before = held.put(access.reference(), image);
      save();
    }
    if (before != null) {
      snapshots.release(before.snapshots());
      saveAgain();
    }
    return new Calls.Pulled(access.reference(), resolved.digest(), layers.status());
  }

  /** Without it the layers are let go. */
  private String await(TaskGroup group, Future<String> config, LayerSet layers) throws IOException {
    try {
      return group.await(config);
    } catch (IOException | RuntimeException e) {
      snapshots.release(layers.ids());
      throw e;
    }
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
  public Hold hold(Access access, Consumer<Fetching> events) throws IOException {
    Hold hold = holdPulled(access);
    if (hold == null) {
      pull(access, events);
      hold = holdPulled(access);
    }
    if (hold == null) {
      throw new IOException(access.reference() + " was taken away while it was pulled");
    }
    boolean complete = false;
    try {
      hold.layers.forEach(LiveSnapshot::mount); // a restored one may not be mounted
      complete = true;
      return hold;
    } finally {
      if (!complete) {
        hold.close();
      }
    }
  }

  private synchronized @Nullable Hold holdPulled(Access access) {
    Image image = held.get(access.reference());
    if (image == null || !image.layersMounted() || image.config().isEmpty()) {
      return null;
    }
    boolean alike =
        image.access().platform().equals(access.platform())
            && image.access().skipContentVerify() == access.skipContentVerify();
    return alike ? new Hold(image, new LayerSet(snapshots.reacquire(image.snapshots()))) : null;
  }

  /** An image whose layers stay mounted until this is closed. */
  public final class Hold implements Closeable {

    private final Image image;
    private final LayerSet layers;

    private Hold(Image image, LayerSet layers) {
      this.image = image;
      this.layers = layers;
    }

    /** What is held. */
    public Calls.Held held() {
      return new Calls.Held(
          new Calls.Pulled(image.access().reference(), image.digest(), layers.status()),
          image.manifest(),
          image.config());
    }

    @Override
    public void close() throws IOException {
      snapshots.release(layers.ids());
      saveAgain();
    }
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
    Images.Resolved resolved = images.resolve(access, events);
    LayerSet layers = acquire(access, resolved, LiveSnapshot::open);
    String id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
    Mounted entry =
        new Mounted(id, access.reference(), directory.toString(), writable, layers.ids());
    LiveMount mount = new LiveMount(entry, places.mount(id), faces);
    try {
      mount.mount(layers.layers());
    } catch (IOException | RuntimeException e) {
      mount.remove();
      snapshots.release(layers.ids());
      throw e;
    }
    synchronized (this) {
      mounts.put(id, mount);
      save();
    }
    return new Calls.MountedImage(id, directory.toString(), resolved.digest(), layers.status());
  }

  private LayerSet acquire(Access access, Images.Resolved resolved, LayerSet.Step step)
      throws IOException {
    LayerSet layers = LayerSet.acquire(snapshots, access, resolved.layers(), step);
    upkeep.opened();
    return layers;
  }

  /**
   * Takes mounts and images away.
   *
   * @param target a mount's directory or id, or an image's reference
   * @throws IOException if there is nothing of that name, or it cannot be unmounted
   */
  public Calls.Unmounted unmount(String target) throws IOException {
    List<LiveMount> found = new ArrayList<>();
    List<Image> dropped = new ArrayList<>();
    synchronized (this) {
      for (LiveMount mount : mounts.values()) {
        Mounted entry = mount.entry();
        if (List.of(entry.id(), entry.directory(), entry.reference()).contains(target)) {
          found.add(mount);
        }
      }
      Image image = held.get(target);
      if (image != null) {
        dropped.add(image);
      }
    }
    if (found.isEmpty() && dropped.isEmpty()) {
      throw new IOException(
          "nothing is mounted as " + target + "; `starling status` lists what there is");
    }
    for (LiveMount mount : found) {
      mount.remove();
    }
    synchronized (this) {
      found.forEach(mount -> mounts.remove(mount.entry().id()));
      dropped.forEach(image -> held.remove(target));
      save();
    }
    for (LiveMount mount : found) {
      directories.free(Path.of(mount.entry().directory()));
      snapshots.release(mount.entry().snapshots());
    }
    for (Image image : dropped) {
      snapshots.release(image.snapshots());
    }
    saveAgain();
    return new Calls.Unmounted(
        found.stream().map(mount -> mount.entry().directory()).toList(),
        dropped.stream().map(image -> image.access().reference()).toList());
  }

  /** How everything does. */
  public synchronized Calls.Status status() {
    return new Calls.Status(
        ProcessHandle.current().pid(),
        held.values().stream()
            .map(image ->
                new ImageStatus(
                    image.access().reference(),
                    image.digest(),
                    new LayerSet(snapshots.get(image.snapshots())).status()))
            .toList(),
        mounts.values().stream().map(LiveMount::status).toList());
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

  private synchronized void saveAgain() throws IOException {
    save();
  }

  private void save() throws IOException {
    DaemonState state =
        new DaemonState(
            snapshots.next(),
            List.copyOf(held.values()),
            snapshots.entries(),
            mounts.values().stream().map(LiveMount::entry).toList());
    StateFile.write(places.state(), state, true);
  }

  /** Unmounts everything; the state stays, for the next daemon to mount it again. */
  @Override
  public void close() throws IOException {
    upkeep.close();
    restoration.close();
    closeAll();
  }

  private synchronized void closeAll() throws IOException {
    List<Closeable> all = new ArrayList<>(mounts.values());
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
