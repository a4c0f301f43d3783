package dev.starling.snapshot.layer;

/** Whether a layer is fetched piece by piece as it is read. */
public sealed interface Laziness {

  /**
   * It is.
   *
   * @param format the format's name for people, for example {@code eStargz}
   */
  record Lazy(String format) implements Laziness {}

  /**
   * It is not: it was fetched as a whole before it could be used.
   *
   * @param reason why, in a few words without a full stop
   */
  record Whole(String reason) implements Laziness {}
}
