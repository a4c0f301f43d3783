package dev.starling.snapshot.daemon;

import dev.starling.api.command.CommandException;
import dev.starling.fuse.FuseServer;
import dev.starling.fuse.Mount;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.MountPoints;
import dev.starling.fuse.MountTable;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.view.LayerView;
import dev.starling.snapshot.view.MergedView;
import dev.starling.snapshot.view.OpaqueMark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Shows layers through FUSE, and writable mounts through overlayfs. */
public final class FuseFaces implements Faces {

  /** As the field's own tool has it, so that the same searches find the mounts. */
  public static final String SOURCE = "stargz";

  private static final String SUBTYPE = "rawBridge";

  private final FutureTask<FuseServer> server = new FutureTask<>(FuseServer::libfuse);

  /**
   * Begins to load what FUSE needs, which takes as long as finding out about an image: a face that
   * is asked for waits for it, and fails with what is missing if FUSE cannot be used.
   */
  public FuseFaces() {
    Thread.ofPlatform().daemon().name("starling-fuse-load").start(server);
  }

  private FuseServer server() throws IOException {
    try {
      return server.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while FUSE was loaded").initCause(e);
    }
  }

  @Override
  public Face layer(Layer layer, List<Layer> below, Path directory) throws IOException {
    // The overlay above checks permissions.
    return face(new LayerView(layer, below, OpaqueMark.TRUSTED), directory, false);
  }

  @Override
  public Face image(List<Layer> layers, Path directory) throws IOException {
    return face(new MergedView(layers), directory, true);
  }

  private <N> Face face(ReadOnlyFileSystem<N> files, Path directory, boolean checked)
      throws IOException {
    MountOptions options = MountOptions.defaults(SOURCE, SUBTYPE).withChecked(checked);
    Mount mount = server().mount(files, directory, options);
    return new Face() {
      @Override
      public boolean isServing() {
        return mount.isServing();
      }

      @Override
      public void close() throws IOException {
        mount.close();
      }
    };
  }

  @Override
  public Face writable(Path lower, Path upper, Path work, Path directory) throws IOException {
    String layers = "lowerdir=%s,upperdir=%s,workdir=%s".formatted(lower, upper, work);
    run("mount", "-t", "overlay", SOURCE, "-o", layers, directory.toString());
    return new Face() {
      @Override
      public boolean isServing() {
        return isMounted(directory);
      }

      @Override
      public void close() throws IOException {
        if (isMounted(directory)) {
          MountPoints.detach(directory);
        }
      }
    };
  }

  private static boolean isMounted(Path directory) {
    try {
      return MountTable.current().on(directory).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new CommandException(
            "an overlay cannot be mounted: " + said.strip() + "; writable mounts need root");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("mounting was interrupted");
    }
  }

  @Override
  public void clear(Path directory) throws IOException {
    while (MountTable.current().on(directory).filter(FuseFaces::isOurs).isPresent()) {
      MountPoints.detach(directory);
    }
  }

  /** Whether a row of the mount table is of this kind of daemon's making. */
  public static boolean isOurs(dev.starling.fuse.MountEntry entry) {
    return entry.source().equals(SOURCE)
        && (entry.type().equals("fuse." + SUBTYPE) || entry.type().equals("overlay"));
  }
}
