package dev.starling.snapshot.layer;

import dev.starling.api.image.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A layer of an image whose files can be listed at once and read in any order, whether or not their
 * bytes have been fetched. Thread-safe. Closing it ends what it fetches; its tree stays usable.
 */
public interface Layer extends Closeable {

  /** The layer's descriptor in its image's manifest: digest, size, annotations. */
  Descriptor descriptor();

  /** Whether it is fetched as it is read, or why not. */
  Laziness laziness();

  /** The files. */
  LayerTree tree();

  /**
   * Reads from a regular file until the target is full or the file ends. Every byte has been
   * verified, unless the layer was opened otherwise.
   *
   * @param file a regular file of this layer's tree
   * @param fileOffset 0 or more, in bytes; beyond the file's end there is nothing
   * @param target heap or direct; its position advances by what was read, and the content of what
   *     remains is not defined when this throws
   * @return the number of bytes read, 0 at or beyond the file's end
   * @throws dev.starling.api.content.CorruptContentException if the layer has other bytes there
   *     than its TOC promises, also when fetched anew
   * @throws IOException if the bytes cannot be fetched at present; a later read may succeed
   * @throws IllegalArgumentException if the node is no regular file or the offset negative
   */
  int read(Node file, long fileOffset, ByteBuffer target) throws IOException;

  /** How much of it was fetched and how often its reads were served without. */
  LayerStatistics statistics();
}
