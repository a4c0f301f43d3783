package dev.starling.snapshot.daemon;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import dev.starling.snapshot.daemon.DaemonState.Snapshot;
import dev.starling.snapshot.daemon.Faces.Face;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.Laziness;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A layer that the daemon holds: opened when it is first needed, mounted on request. Thread-safe.
 */
final class LiveSnapshot implements Closeable, Restoration.Piece {

  private final Snapshot entry;
  private final Images images;
  private final Faces faces;
  private final Path directory;
  private final @Nullable LiveSnapshot parent;

  /** Held while the layer is opened, mounted or closed; to be asked how it does needs no lock. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Layer layer;
  private volatile @Nullable Face face;
  private volatile @Nullable String failure;
  private volatile boolean retried;
  private volatile boolean closed;

  /**
   * @param entry what is known of it
   * @param parent the layer below it; null for a base
   * @param directory where it is mounted if it is
   */
  LiveSnapshot(
      Snapshot entry, @Nullable LiveSnapshot parent, Images images, Faces faces, Path directory) {
    this.entry = entry;
    this.parent = parent;
    this.images = images;
    this.faces = faces;
    this.directory = directory;
  }

  Snapshot entry() {
    return entry;
  }

  /** The layer, opened if it is not yet; one thread at a time opens it. */
  Layer open() throws IOException {
    lock.lock();
    try {
      Layer open = layer;
      if (open == null) {
        if (closed) {
          throw new IOException("layer " + entry.digest() + " was taken away");
        }
        open = images.open(entry.image(), descriptor());
        layer = open;
        failure = null;
      }
      return open;
    } catch (IOException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Opens and mounts it, if it is not mounted. */
  void mount() throws IOException {
    lock.lock();
    try {
      Face mounted = face;
      if (mounted != null && mounted.isServing()) {
        return;
      }
      Layer open = open();
      // What is mounted there may be dead, and then answers nothing but errors.
      faces.clear(directory);
      Files.createDirectories(directory);
      face = faces.layer(open, below(), directory);
      failure = null;
    } catch (IOException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** The layers below, base first; opened if they are not yet. */
  private List<Layer> below() throws IOException {
    List<Layer> below = new ArrayList<>();
    for (LiveSnapshot each = parent; each != null; each = each.parent) {
      below.addFirst(each.open());
    }
    return below;
  }

  private Descriptor descriptor() throws IOException {
    try {
      return Descriptor.of(
              new MediaType(entry.mediaType()), Digest.parse(entry.digest()), entry.size())
          .withAnnotations(entry.annotations());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the daemon's state names a layer that cannot be: " + e.getMessage(), e);
    }
  }

  LayerStatus status() {
    Layer open = layer;
    Face mounted = face;
    String problem = failure;
    String state = problem != null ? problem : open == null ? "not opened yet" : "ready";
    if (retried) {
      state += Restoration.RETRIED;
    }
    if (mounted != null && !mounted.isServing()) {
      state = "not served any more";
    }
    LayerStatistics statistics =
        open == null ? new LayerStatistics(entry.size(), 0, 0, 0, 0, 0) : open.statistics();
    String kind =
        switch (open == null ? null : open.laziness()) {
          case null -> "";
          case Laziness.Lazy(String format) -> format;
          case Laziness.Whole(String reason) -> reason;
        };
    return new LayerStatus(
        entry.id(),
        entry.digest(),
        entry.mediaType(),
        entry.size(),
        statistics.fetchedSize(),
        Math.round(statistics.fetchedPercent() * 100) / 100.0,
        statistics.prefetchedSize(),
        statistics.networkBytes(),
        Math.round(statistics.hitRate() * 1000) / 1000.0,
        open != null && open.laziness() instanceof Laziness.Lazy,
        kind,
        mounted == null ? "" : directory.toString(),
        state);
  }

  @Override
  public String name() {
    return "taking up layer " + entry.digest();
  }

  @Override
  public void takeUp() throws IOException {
    mount();
  }

  @Override
  public boolean isGivenUp() {
    return closed;
  }

  @Override
  public void setRetried(boolean value) {
    retried = value;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    lock.lock();
    // The mount goes before the layer that it shows.
    try (Layer _ = layer;
        Face _ = face) {
      layer = null;
      face = null;
    } finally {
      lock.unlock();
    }
  }
}
