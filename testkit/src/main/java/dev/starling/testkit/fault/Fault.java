package dev.starling.testkit.fault;

import java.time.Duration;

/** A way in which registries misbehave. Each has requests that it is about by its nature. */
public sealed interface Fault {

  /** HEAD is answered with 405. */
  record NoHead() implements Fault {}

  /**
   * Blobs are fetched from another host, by a signed URL that expires. That host refuses requests
   * that carry credentials.
   *
   * @param validFor how long a URL is good, by the registry's clock; after that it gets 403
   */
  record RedirectBlobs(Duration validFor) implements Fault {}

  /** A request for a range of a blob is answered with the whole, and 200. */
  record IgnoreRange() implements Fault {}

  /** A request for several ranges of a blob is answered with 400. */
  record RefuseSeveralRanges() implements Fault {}

  /** A request that writes is answered with 401, as if its token had just been withdrawn. */
  record Unauthorized() implements Fault {}

  /** A token that has expired is answered with 403 instead of 401. */
  record ForbidExpiredToken() implements Fault {}

  /**
   * A request is answered with 429.
   *
   * @param retryAfter the time to wait, in whole seconds
   */
  record TooManyRequests(Duration retryAfter) implements Fault {}

  /**
   * A request is answered with a server error.
   *
   * @param status 500 to 599
   */
  record ServerError(int status) implements Fault {}

  /**
   * The connection breaks in the middle of a body: of an upload's request, or else of a blob's
   * response.
   *
   * @param afterBytes how many bytes of the body go through
   */
  record Reset(long afterBytes) implements Fault {}

  /**
   * A blob's response makes a pause.
   *
   * @param afterBytes how many bytes come before
   * @param pause how long the pause is, in real time; closing the registry ends it
   */
  record Stall(long afterBytes, Duration pause) implements Fault {}

  /**
   * A blob's response is complete by its Content-Length, but that is too small.
   *
   * @param bytes its length
   */
  record Truncate(long bytes) implements Fault {}

  /**
   * One byte of a blob's response is wrong.
   *
   * @param at the offset in the response's body
   */
  record Corrupt(long at) implements Fault {}

  /**
   * A manifest's response is that many spaces.
   *
   * @param bytes its length
   */
  record HugeManifest(int bytes) implements Fault {}

  /** Whether this fault is about such requests; a test can only narrow it. */
  default boolean concerns(LoggedRequest request) {
    boolean get = request.method().equals("GET");
    return switch (this) {
      case NoHead fault -> request.method().equals("HEAD");
      case RedirectBlobs fault -> get && request.isBlob();
      case IgnoreRange fault -> get && request.isBlob() && request.header("Range") != null;
      case RefuseSeveralRanges fault ->
          get && String.valueOf(request.header("Range")).contains(",");
      case Unauthorized fault -> request.isWrite();
      case ForbidExpiredToken fault -> false; // asked for where tokens are checked
      case TooManyRequests fault -> true;
      case ServerError fault -> true;
      case Reset fault -> (get && request.isBlob()) || request.isUpload();
      case Stall fault -> get && request.isBlob();
      case Truncate fault -> get && request.isBlob();
      case Corrupt fault -> get && request.isBlob();
      case HugeManifest fault -> get && request.isManifest();
    };
  }
}
