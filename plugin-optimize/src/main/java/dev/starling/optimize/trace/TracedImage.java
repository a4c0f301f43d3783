package dev.starling.optimize.trace;

import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.TaskGroup;
import dev.starling.api.reference.Reference;
import dev.starling.fuse.FuseServer;
import dev.starling.fuse.Mount;
import dev.starling.fuse.MountOptions;
import dev.starling.optimize.session.Made;
import dev.starling.optimize.session.Session;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.fetch.FetchOptions;
import dev.starling.snapshot.fetch.LayerOpener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.view.LayerView;
import dev.starling.snapshot.view.OpaqueMark;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * The layers of an image, open and mounted by this process, whose reads are recorded. Used by one
 * thread; to be closed after the session that its mounts belong to.
 */
public final class TracedImage implements Closeable {

  /** Layers that are opened at a time: each may have to be fetched. */
  private static final int OPENED = 6;

  /** Not what the daemon's mounts are called: those can be taken up by another daemon. */
  private static final String SOURCE = "starling-trace";

  /** The smallest there is, so that what is read is what was asked for. */
  private static final int READ_AHEAD_KIB = 4;

  private final LayerOpener opener;
  private final AccessRecorder recorder;
  private final Log log;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();

  private TracedImage(LayerOpener opener, AccessRecorder recorder, Log log) {
    this.opener = opener;
    this.recorder = recorder;
    this.log = log;
  }

  /**
   * Opens the layers: gets their TOCs, or fetches as a whole those that cannot be read lazily.
   *
   * @param source the image's repository; stays open
   * @param image its name there
   * @param descriptors the layers, base first
   * @param cache a folder for what is fetched; removed by the caller, later
   * @throws IOException if a layer cannot be fetched
   */
  public static TracedImage open(
      ImageSource source,
      Reference image,
      List<Descriptor> descriptors,
      Path cache,
      Log log,
      Cancellation cancellation)
      throws IOException {
    Files.createDirectories(cache);
    Clock clock = Clock.systemUTC();
    AccessRecorder recorder = new AccessRecorder(descriptors, clock);
    long room = Math.max(1, Files.getFileStore(cache).getUsableSpace());
    LayerOpener opener =
        LayerOpener.create(
            ChunkCache.open(cache, room, clock, log),
            FetchOptions.defaults().withBackground(false),
            recorder,
            log);
    TracedImage traced = new TracedImage(opener, recorder, log);
    try {
      traced.openAll(source, image, descriptors, cancellation);
      return traced;
    } catch (IOException | RuntimeException e) {
      try (traced) {
        throw e;
      }
    }
  }

  private void openAll(
      ImageSource source, Reference image, List<Descriptor> descriptors, Cancellation cancellation)
      throws IOException {
    List<Future<Layer>> opening = new ArrayList<>();
    try (TaskGroup group = TaskGroup.forTransfers(OPENED, cancellation)) {
      for (Descriptor descriptor : descriptors) {
        opening.add(group.submit(() -> opener.open(new SharedSource(source), image, descriptor)));
      }
      for (Future<Layer> each : opening) {
        layers.add(group.await(each));
      }
    }
  }

  /**
   * Mounts the layers.
   *
   * @param session owns the mounts
   * @return where they are, the top one first
   * @throws dev.starling.fuse.FuseUnavailableException if this machine cannot
   * @throws IOException if they cannot be mounted
   */
  public List<Path> mount(Session session) throws IOException {
    FuseServer server = FuseServer.libfuse();
    List<Path> directories = new ArrayList<>();
    Path folder = Files.createDirectory(session.folder().resolve("layers"));
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Path directory = Files.createDirectory(folder.resolve(Integer.toString(i)));
      session.own(new Made.Mount(directory.toString()));
      MountOptions options =
          MountOptions.defaults(SOURCE, "layer")
              .withOpens(recorder.opensOf(layer))
              .withReadAhead(READ_AHEAD_KIB)
              .withFailures((operation, path, cause) ->
                  log.warn("cannot " + operation + " " + path + ": " + cause.getMessage()));
      mounts.add(
          server.mount(
              new LayerView(layer, layers.subList(0, i), OpaqueMark.TRUSTED), directory, options));
      directories.addFirst(directory);
    }
    return directories;
  }

  /** What is read of the mounts. */
  public AccessRecorder recorder() {
    return recorder;
  }

  /** The layers, base first. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try (opener) {
      for (Mount mount : mounts.reversed()) {
        mount.close();
      }
      for (Layer layer : layers) {
        layer.close();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
