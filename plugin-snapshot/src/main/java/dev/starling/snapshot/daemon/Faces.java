package dev.starling.snapshot.daemon;

import dev.starling.snapshot.layer.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How layers are shown in the file system. Thread-safe. */
public interface Faces {

  /** Something mounted; closing it unmounts it, also while somebody uses it. */
  interface Face extends Closeable {

    /** Whether requests are still answered. */
    boolean isServing();
  }

  /**
   * Mounts one layer as overlayfs wants it.
   *
   * @param below the layers that its image has below it, base first
   */
  Face layer(Layer layer, List<Layer> below, Path directory) throws IOException;

  /** Mounts the layers of an image, base first, as one tree. */
  Face image(List<Layer> layers, Path directory) throws IOException;

  /** Mounts a writable folder above a mounted image; for root. */
  Face writable(Path lower, Path upper, Path work, Path directory) throws IOException;

  /**
   * Clears away what a daemon that died left mounted on a directory; does nothing if nothing is
   * mounted there.
   */
  void clear(Path directory) throws IOException;
}
