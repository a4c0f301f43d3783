package dev.starling.api.job;

/**
 * Reports what a job is doing, one item (most often a layer) a line. Thread-safe; the shell decides
 * how it looks: a live block on a terminal, plain lines when piped, nothing with {@code --quiet}.
 */
public interface Progress {

  /** What an item is going through. */
  enum State {
    /** Asking what a name means. */
    RESOLVING,
    /** Waiting for room among the others. */
    WAITING,
    /** Being fetched. */
    DOWNLOADING,
    /** Being written in another format. */
    CONVERTING,
    /** Being sent. */
    PUSHING,
    /** Being read and verified. */
    CHECKING,
    /** Anything else. */
    WORKING,
    /** Was there already; an end. */
    EXISTS,
    /** Can be read; an end. */
    MOUNTED,
    /** Ended well; an end. */
    DONE,
    /** Did not end well; an end. */
    FAILED
  }

  /**
   * Begins an item.
   *
   * @param label what it is, for example a digest's first 12 digits; the same label continues the
   *     same line
   * @param state the first state
   * @param totalBytes its size in bytes, or -1 if unknown
   */
  Item begin(String label, State state, long totalBytes);

  /** One line of progress. Thread-safe. Closing an item that was not finished marks it FAILED. */
  interface Item extends AutoCloseable {

    /** Enters another state and starts counting anew. */
    void state(State state, long totalBytes);

    /** Adds to the bytes done in this state. */
    void advance(long bytes);

    /** Ends the item in its last state: EXISTS, MOUNTED or DONE. */
    void finish(State state);

    @Override
    void close();
  }
}
