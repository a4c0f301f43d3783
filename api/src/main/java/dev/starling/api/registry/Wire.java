package dev.starling.api.registry;

import java.io.IOException;

/**
 * What the sources and sinks of a client share.
 *
 * @param exchange makes requests
 * @param refusals explains answers that say no
 * @param retrier makes failed requests again
 * @param resolver finds hosts
 * @param downloads bounds them
 * @param uploads bounds them
 * @param uploadChunkSize in bytes, 0 for whole blobs
 */
record Wire(
    Exchange exchange,
    Refusals refusals,
    Retrier retrier,
    EndpointResolver resolver,
    TransferPermits downloads,
    TransferPermits uploads,
    long uploadChunkSize) {

  /** Makes something of an answer. */
  @FunctionalInterface
  interface Use<T> {
    T of(Answer answer) throws IOException;
  }

  /** One request, whatever the answer's status; the caller closes the answer. */
  Answer send(Endpoint endpoint, Ask ask, CallScope scope) throws IOException {
    return exchange.send(endpoint, ask, scope);
  }

  /** What a status means that was not expected. */
  RegistryException refusal(Endpoint endpoint, Ask ask, Answer answer) {
    return refusals.of(endpoint, ask, answer);
  }

  /**
   * A request that is made again when it fails in passing. The answer is closed after its use.
   *
   * @param use sees answers of success (2xx) and 404
   */
  <T> T ask(Endpoint endpoint, Ask ask, CallScope scope, Use<T> use) throws IOException {
    return retrier.run(
        endpoint,
        scope,
        () -> {
          try (Answer answer = send(endpoint, ask, scope)) {
            if (answer.isSuccess() || answer.status() == 404) {
              return use.of(answer);
            }
            throw refusal(endpoint, ask, answer);
          }
        });
  }
}
