package dev.starling.snapshot.layer;

import java.time.Instant;

/**
 * Is told of every read of a layer, before it is served. Called on the reader's thread: quick,
 * thread-safe and free of exceptions.
 */
@FunctionalInterface
public interface AccessListener {

  /** Tells nobody. */
  AccessListener NONE = (layer, file, offset, length, time) -> {};

  /**
   * A file is read.
   *
   * @param layer the layer
   * @param file a regular file of it; {@link LayerTree#path} names it
   * @param offset where in the file the read begins, in bytes
   * @param length how many bytes were asked for
   * @param time when
   */
  void onRead(Layer layer, Node file, long offset, int length, Instant time);
}
