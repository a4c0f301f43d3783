package dev.starling.snapshot.fetch;

import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on a layer that others may use as well. Thread-safe. */
record SharedLayer(Layer layer, Closing closing, AtomicBoolean closed) implements Layer {

  /** Gives the hold up. */
  @FunctionalInterface
  interface Closing {
    void close() throws IOException;
  }

  @Override
  public Descriptor descriptor() {
    return layer.descriptor();
  }

  @Override
  public Laziness laziness() {
    return layer.laziness();
  }

  @Override
  public LayerTree tree() {
    return layer.tree();
  }

  @Override
  public int read(Node file, long fileOffset, ByteBuffer target) throws IOException {
    return layer.read(file, fileOffset, target);
  }

  @Override
  public LayerStatistics statistics() {
    return layer.statistics();
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      closing.close();
    }
  }
}
