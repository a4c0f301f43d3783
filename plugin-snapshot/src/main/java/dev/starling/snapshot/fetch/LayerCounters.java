package dev.starling.snapshot.fetch;

import dev.starling.snapshot.layer.LayerStatistics;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a layer costs. Thread-safe. */
final class LayerCounters {

  final LongAdder atHand = new LongAdder();
  final LongAdder prefetched = new LongAdder();
  final LongAdder network = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();

  /**
   * @param size the layer's length in bytes
   * @param complete whether all of its content is at hand: what lies between chunks does not count
   */
  LayerStatistics statistics(long size, boolean complete) {
    return new LayerStatistics(
        size,
        complete ? size : Math.min(size, atHand.sum()),
        prefetched.sum(),
        network.sum(),
        hits.sum(),
        misses.sum());
  }
}
