package dev.starling.snapshot.fetch;

import java.time.Duration;

/**
 * How layers are fetched.
 *
 * @param verify whether a chunk's bytes are compared with its digest before they are used
 * @param maxRequest how much one request for neighbouring chunks asks for at most, in compressed
 *     bytes; a single chunk may be larger
 * @param readAround how much after the chunk that a read needs comes along if it is not there yet,
 *     in compressed bytes: what lies side by side is often read together
 * @param readAhead how far ahead a file is fetched that has been read from front to back for as
 *     long, in bytes
 * @param defaultPrefetch how much of a layer that does not say is fetched before it is ready, in
 *     compressed bytes
 * @param prefetchInBackground the prefetch of a layer of more compressed bytes than this goes on
 *     while it is ready already
 * @param prefetchTimeout how long a prefetch may hold the layer up
 * @param background whether the rest of each layer is fetched when there is nothing else to do
 * @param quiet how long nothing must have been read for that
 * @param patience how long a failing request is repeated before the read fails
 * @param readTimeout how long a read waits at most
 */
public record FetchOptions(
    boolean verify,
    long maxRequest,
    long readAround,
    long readAhead,
    long defaultPrefetch,
    long prefetchInBackground,
    Duration prefetchTimeout,
    boolean background,
    Duration quiet,
    Duration patience,
    Duration readTimeout) {

  /** What suits most. */
  public static FetchOptions defaults() {
    return new FetchOptions(
        true,
        4 << 20,
        64 << 10,
        1 << 20,
        0,
        1 << 20,
        Duration.ofSeconds(10),
        true,
        Duration.ofMillis(200),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2));
  }

  /** The same, with verification or without. */
  public FetchOptions withVerify(boolean value) {
    return new FetchOptions(
        value,
        maxRequest,
        readAround,
        readAhead,
        defaultPrefetch,
        prefetchInBackground,
        prefetchTimeout,
        background,
        quiet,
        patience,
        readTimeout);
  }

  /** The same, with a background fetch or without. */
  public FetchOptions withBackground(boolean value) {
    return new FetchOptions(
        verify,
        maxRequest,
        readAround,
        readAhead,
        defaultPrefetch,
        prefetchInBackground,
        prefetchTimeout,
        value,
        quiet,
        patience,
        readTimeout);
  }

  /** The same with these sizes, in bytes. */
  public FetchOptions withSizes(long newMaxRequest, long newReadAround, long newReadAhead) {
    return new FetchOptions(
        verify,
        newMaxRequest,
        newReadAround,
        newReadAhead,
        defaultPrefetch,
        prefetchInBackground,
        prefetchTimeout,
        background,
        quiet,
        patience,
        readTimeout);
  }

  /** The same with these bounds of the prefetch, in bytes. */
  public FetchOptions withPrefetch(long newDefault, long newInBackground) {
    return new FetchOptions(
        verify,
        maxRequest,
        readAround,
        readAhead,
        newDefault,
        newInBackground,
        prefetchTimeout,
        background,
        quiet,
        patience,
        readTimeout);
  }

  /** The same with these times. */
  public FetchOptions withTimes(Duration newQuiet, Duration newPatience, Duration newTimeout) {
    return new FetchOptions(
        verify,
        maxRequest,
        readAround,
        readAhead,
        defaultPrefetch,
        prefetchInBackground,
        prefetchTimeout,
        background,
        newQuiet,
        newPatience,
        newTimeout);
  }
}
