package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.DaemonState.Image;
import java.io.Closeable;
import java.io.IOException;

/** An image whose layers stay mounted until this is closed. Thread-safe. */
public final class ImageHold implements Closeable {

  private final Image image;
  private final LayerSet layers;
  private final Closeable release;

  /**
   * @param release lets go of the layers
   */
  ImageHold(Image image, LayerSet layers, Closeable release) {
    this.image = image;
    this.layers = layers;
    this.release = release;
  }

  /** Mounts those that are not: a restored one may not be. */
  void mount() throws IOException {
    layers.forEach(LiveSnapshot::mount);
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
    release.close();
  }
}
