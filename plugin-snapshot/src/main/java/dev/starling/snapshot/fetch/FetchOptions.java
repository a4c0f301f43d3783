package dev.starling.snapshot.fetch;

import java.time.Duration;

/**
 * How layers are fetched.
 *
 * @param verify whether a chunk's bytes are compared with its digest before they are used
 * @param background whether the rest of each layer is fetched when there is nothing else to do
 * @param sizes how much is fetched at a time
 * @param prefetch what is fetched before a layer is ready
 * @param times how long what may take
 */
public record FetchOptions(
    boolean verify, boolean background, Sizes sizes, Prefetch prefetch, Times times) {

  /**
   * How much is fetched at a time.
   *
   * @param request how much one request for neighbouring chunks asks for at most, in compressed
   *     bytes; a single chunk may be larger
   * @param around how much after the chunk that a read needs comes along if it is not there yet, in
   *     compressed bytes: what lies side by side is often read together
   * @param ahead how far ahead a file is fetched that has been read from front to back for as long,
   *     in bytes
   */
  public record Sizes(long request, long around, long ahead) {}

  /**
   * What is fetched before a layer is ready.
   *
   * @param unsaid how much of a layer that does not say it itself, in compressed bytes
   * @param inBackground a prefetch of more compressed bytes than this goes on while the layer is
   *     ready already
   * @param timeout how long it may hold the layer up
   */
  public record Prefetch(long unsaid, long inBackground, Duration timeout) {}

  /**
   * How long what may take.
   *
   * @param quiet how long nothing must have been read before the rest is fetched
   * @param patience how long a failing request is repeated before the read fails
   * @param read how long a read waits at most
   */
  public record Times(Duration quiet, Duration patience, Duration read) {}

  /** What suits most. */
  public static FetchOptions defaults() {
    return new FetchOptions(
        true,
        true,
        new Sizes(4 << 20, 64 << 10, 1 << 20),
        new Prefetch(0, 1 << 20, Duration.ofSeconds(10)),
        new Times(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(2)));
  }

  /** The same, with verification or without. */
  public FetchOptions withVerify(boolean value) {
    return new FetchOptions(value, background, sizes, prefetch, times);
  }

  /** The same, with a background fetch or without. */
  public FetchOptions withBackground(boolean value) {
    return new FetchOptions(verify, value, sizes, prefetch, times);
  }

  /** The same with these sizes. */
  public FetchOptions withSizes(Sizes value) {
    return new FetchOptions(verify, background, value, prefetch, times);
  }

  /** The same with this prefetch. */
  public FetchOptions withPrefetch(Prefetch value) {
    return new FetchOptions(verify, background, sizes, value, times);
  }

  /** The same with these times. */
  public FetchOptions withTimes(Times value) {
    return new FetchOptions(verify, background, sizes, prefetch, value);
  }
}
