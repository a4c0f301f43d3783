package dev.starling.snapshot.client;

import dev.starling.api.image.ImageConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An image whose layers stay mounted until this is closed or the process ends, whatever becomes of
 * its name meanwhile. The image itself stays available after that, as after {@code rpull}.
 */
public final class HeldImage implements Closeable {

  private final String reference;
  private final String digest;
  private final String manifest;
  private final ImageConfig config;
  private final List<HeldLayer> layers;
  private final Closeable connection;

  HeldImage(
      String reference,
      String digest,
      String manifest,
      ImageConfig config,
      List<HeldLayer> layers,
      Closeable connection) {
    this.reference = reference;
    this.digest = digest;
    this.manifest = manifest;
    this.config = config;
    this.layers = List.copyOf(layers);
    this.connection = connection;
  }

  /** Its name. */
  public String reference() {
    return reference;
  }

  /** The digest of its manifest or index, as resolved when it was pulled. */
  public String digest() {
    return digest;
  }

  /** The digest of its manifest. */
  public String manifest() {
    return manifest;
  }

  /** Its configuration, which also says its platform. */
  public ImageConfig config() {
    return config;
  }

  /** Its layers, base first. */
  public List<HeldLayer> layers() {
    return layers;
  }

  /** Where its layers are mounted, the top one first. */
  public List<Path> directories() {
    return layers.reversed().stream().map(HeldLayer::directory).toList();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
