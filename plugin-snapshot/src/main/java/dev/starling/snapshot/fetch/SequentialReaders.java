package dev.starling.snapshot.fetch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the readers that go through a file from front to back from those that jump. The kernel asks
 * for a stretch around each page fault, which comes here as reads one after the other: only who
 * goes on for longer than that is worth to fetch ahead for. Thread-safe.
 */
final class SequentialReaders {

  /** How far a reader may jump and still read from front to back, in bytes. */
  private static final long JUMP = 256 << 10;

  private static final int MAX_READERS = 64;

  private final long stretch;

  /** The last readers, by the file's number. */
  private final Map<Integer, Reader> readers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Reader> eldest) {
          return size() > MAX_READERS;
        }
      };

  /** Where a reader began and how far it got, as offsets in its file. */
  private record Reader(long from, long to) {

    Reader onTo(long offset, int length) {
      boolean goesOn = Math.abs(offset - to) <= JUMP;
      return new Reader(goesOn ? Math.min(from, offset) : offset, offset + length);
    }
  }

  /**
   * @param stretch for how long a reader must go on, in bytes
   */
  SequentialReaders(long stretch) {
    this.stretch = stretch;
  }

  /** Notes a read, and says whether its reader is one that goes from front to back. */
  boolean goesOn(int file, long offset, int length) {
    Reader reader;
    synchronized (readers) {
      reader =
          readers.compute(
              file,
              (_, last) ->
                  last == null ? new Reader(offset, offset + length) : last.onTo(offset, length));
    }
    return reader.to() - reader.from() > stretch;
  }
}
