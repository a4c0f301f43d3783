package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.Calls.MountStatus;
import dev.starling.snapshot.daemon.DaemonState.Mounted;
import dev.starling.snapshot.daemon.Faces.Face;
import dev.starling.snapshot.layer.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole image that is mounted, or that could not be. Thread-safe. */
final class LiveMount implements Closeable {

  private final Mounted entry;
  private final Path folder;
  private final Faces faces;
  private final List<Face> mounted = new ArrayList<>();
  private volatile @Nullable String failure;
  private volatile boolean retried;
  private volatile boolean removed;

  /**
   * @param folder where a writable mount keeps its parts
   */
  LiveMount(Mounted entry, Path folder, Faces faces) {
    this.entry = entry;
    this.folder = folder;
    this.faces = faces;
  }

  Mounted entry() {
    return entry;
  }

  /**
   * Makes the mount.
   *
   * @param snapshots the image's layers, base first
   */
  void mount(List<LiveSnapshot> snapshots) throws IOException {
    try {
      List<Layer> layers = new ArrayList<>();
      for (LiveSnapshot snapshot : snapshots) {
        layers.add(snapshot.open());
      }
      mountOpened(layers);
      failure = null;
    } catch (IOException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      close();
      throw e;
    }
  }

  private synchronized void mountOpened(List<Layer> layers) throws IOException {
    if (removed) {
      throw new IOException(entry.directory() + " was unmounted");
    }
    Path directory = Path.of(entry.directory());
    faces.clear(directory);
    if (!entry.writable()) {
      mounted.add(faces.image(layers, directory));
      return;
    }
    Path lower = folder.resolve("lower");
    faces.clear(lower);
    Files.createDirectories(lower);
    mounted.add(faces.image(layers, lower));
    mounted.add(
        faces.writable(
            lower,
            Files.createDirectories(folder.resolve("upper")),
            Files.createDirectories(folder.resolve("work")),
            directory));
  }

  /** This as something that is taken up. */
  Restoration.Piece piece(List<LiveSnapshot> layers) {
    return new Restoration.Piece() {
      @Override
      public String name() {
        return "taking up the mount on " + entry.directory();
      }

      @Override
      public void takeUp() throws IOException {
        mount(layers);
      }

      @Override
      public boolean isGivenUp() {
        return removed;
      }

      @Override
      public void setRetried(boolean value) {
        retried = value;
      }
    };
  }

  synchronized MountStatus status() {
    String problem = failure;
    String state =
        problem != null
            ? problem + (retried ? Restoration.RETRIED : "")
            : !mounted.isEmpty() && mounted.stream().allMatch(Face::isServing)
                ? "mounted"
                : "not mounted";
    return new MountStatus(
        entry.id(), entry.reference(), entry.directory(), entry.writable(), state);
  }

  /** Unmounts; what was written stays. */
  @Override
  public synchronized void close() throws IOException {
    IOException first = null;
    for (Face face : mounted.reversed()) {
      try {
        face.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    mounted.clear();
    if (first != null) {
      throw first;
    }
  }

  /** Unmounts and removes what was written. */
  void remove() throws IOException {
    removed = true;
    close();
    if (entry.writable()) {
      deleteTree(folder);
    }
  }

  private static void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          deleteTree(child);
        }
      } catch (NoSuchFileException e) {
        return;
      }
    }
    Files.deleteIfExists(path);
  }
}
