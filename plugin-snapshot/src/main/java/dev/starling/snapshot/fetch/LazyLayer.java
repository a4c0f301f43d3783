package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;

/** A layer that is fetched chunk by chunk. Thread-safe. */
final class LazyLayer implements Layer {

  private final Descriptor descriptor;
  private final Laziness laziness;
  private final LayerTree tree;
  private final ChunkFetcher fetcher;
  private final LayerCounters counters;
  private final AccessListener listener;
  private final Clock clock;
  private final long readAhead;
  private final SequentialReaders readers;

  /**
   * @param tree whose files' content is what a {@link ChunkTable} returned for them
   * @param fetcher closed with this
   */
  LazyLayer(
      Descriptor descriptor,
      Laziness laziness,
      LayerTree tree,
      ChunkFetcher fetcher,
      LayerCounters counters,
      AccessListener listener,
      FetchContext context) {
    this.descriptor = descriptor;
    this.laziness = laziness;
    this.tree = tree;
    this.fetcher = fetcher;
    this.counters = counters;
    this.listener = listener;
    this.clock = context.clock();
    this.readAhead = context.options().sizes().ahead();
    this.readers = new SequentialReaders(readAhead);
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public Laziness laziness() {
    return laziness;
  }

  @Override
  public LayerTree tree() {
    return tree;
  }

  @Override
  public int read(Node file, long fileOffset, ByteBuffer target) throws IOException {
    long content = tree.content(file);
    if (fileOffset < 0) {
      throw new IllegalArgumentException("a file has no byte " + fileOffset);
    }
    listener.onRead(this, file, fileOffset, target.remaining(), clock.instant());
    long left = file.size() - fileOffset;
    if (left <= 0 || !target.hasRemaining()) {
      return 0;
    }
    int length = (int) Math.min(target.remaining(), left);
    int limit = target.limit();
    target.limit(target.position() + length);
    try {
      fetcher.read(content, fileOffset, target);
    } catch (CorruptContentException e) {
      throw new CorruptContentException("'" + tree.path(file) + "': " + e.getMessage(), e);
    } finally {
      target.limit(limit);
    }
    boolean large = ChunkTable.end(content) - ChunkTable.first(content) > 1;
    if (large && left > length && readers.goesOn(file.id(), fileOffset, length)) {
      fetcher.readAhead(content, fileOffset + length, readAhead);
    }
    return length;
  }

  @Override
  public LayerStatistics statistics() {
    return counters.statistics(descriptor.size(), fetcher.isComplete());
  }

  @Override
  public void close() throws IOException {
    fetcher.close();
  }
}
