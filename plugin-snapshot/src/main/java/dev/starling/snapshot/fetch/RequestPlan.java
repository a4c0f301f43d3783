package dev.starling.snapshot.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Decides which chunks of a layer are asked for together: neighbours in one request, and what costs
 * little to have along. Immutable.
 *
 * @param table the layer's chunks
 * @param atHand whether a chunk need not be asked for
 */
record RequestPlan(ChunkTable table, IntPredicate atHand) {

  /** A gap between wanted data that costs less than another request, in bytes. */
  private static final long GAP = 16 << 10;

  /**
   * The chunks and what comes along: the rest of their compressed data, and a bit of the next.
   *
   * @param missing some of one file, in order
   * @param further how many compressed bytes behind them to take as well
   */
  List<Integer> around(List<Integer> missing, long further) {
    List<Integer> all = new ArrayList<>();
    int first = missing.getFirst();
    while (first > 0 && table.isInMemberOf(first - 1, first) && !atHand.test(first - 1)) {
      first--;
    }
    for (int chunk = first; chunk < missing.getFirst(); chunk++) {
      all.add(chunk);
    }
    all.addAll(missing);
    int last = missing.getLast();
    long limit = table.end(last) + further;
    for (int next = last + 1; next < table.count(); next++) {
      boolean near = table.follows(next - 1, next, 0) && table.end(next) <= limit;
      if (!(near || table.isInMemberOf(next - 1, next)) || atHand.test(next)) {
        break;
      }
      all.add(next);
    }
    return all;
  }

  /**
   * The chunks by the requests that bring them.
   *
   * @param most how many compressed bytes a request is for, or more for a single chunk
   */
  List<List<Integer>> runs(List<Integer> chunks, long most) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int chunk : chunks) {
      if (runs.isEmpty() || !joins(runs.getLast(), chunk, most)) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(chunk);
    }
    return runs;
  }

  /**
   * What is missing of the layer's first bytes, as far as one request in the order of the chunks
   * can bring it.
   *
   * @param end where in the layer to stop
   */
  List<Integer> upTo(long end) {
    List<Integer> missing = new ArrayList<>();
    for (int chunk = 0; chunk < table.count(); chunk++) {
      boolean ordered =
          missing.isEmpty() || table.follows(missing.getLast(), chunk, Long.MAX_VALUE);
      if (table.end(chunk) <= end && ordered && !atHand.test(chunk)) {
        missing.add(chunk);
      }
    }
    return missing;
  }

  /**
   * The next chunks of the layer that are missing, as far as one request can bring them.
   *
   * @param from the chunk to begin with
   * @param most how many compressed bytes to ask for, or more for a single chunk
   * @return empty if all from there on are at hand
   */
  List<Integer> next(int from, long most) {
    List<Integer> missing = new ArrayList<>();
    for (int chunk = from; chunk < table.count(); chunk++) {
      if (atHand.test(chunk)) {
        if (!missing.isEmpty()) {
          break;
        }
      } else if (missing.isEmpty() || joins(missing, chunk, most)) {
        missing.add(chunk);
      } else {
        break;
      }
    }
    return missing;
  }

  /** Whether one request can bring the chunk together with those. */
  private boolean joins(List<Integer> chunks, int chunk, long most) {
    boolean near = table.end(chunk) - table.offset(chunks.getFirst()) <= most;
    return table.isInMemberOf(chunks.getLast(), chunk)
        || (near && table.follows(chunks.getLast(), chunk, GAP));
  }
}
