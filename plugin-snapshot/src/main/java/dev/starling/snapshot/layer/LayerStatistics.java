package dev.starling.snapshot.layer;

/**
 * What a layer has cost so far.
 *
 * @param size the layer's length in bytes, compressed
 * @param fetchedSize how many of these bytes are at hand: were fetched, or lay in the cache when
 *     they were wanted; at most {@code size}
 * @param prefetchedSize how many bytes were fetched because the layer is known to need them first
 * @param networkBytes how many bytes came over the network, those fetched twice counted twice
 * @param hits how many chunks that a read needed were in memory or the cache
 * @param misses how many had to be fetched
 */
public record LayerStatistics(
    long size, long fetchedSize, long prefetchedSize, long networkBytes, long hits, long misses) {

  /** {@code fetchedSize} in percent of {@code size}, 0 to 100; an empty layer is all there. */
  public double fetchedPercent() {
    return size == 0 ? 100 : 100.0 * fetchedSize / size;
  }

  /** The part of reads that needed no fetching, 0 to 1; 1 if nothing was read. */
  public double hitRate() {
    long all = hits + misses;
    return all == 0 ? 1 : (double) hits / all;
  }
}
