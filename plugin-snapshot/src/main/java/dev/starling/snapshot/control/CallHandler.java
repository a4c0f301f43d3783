package dev.starling.snapshot.control;

import java.util.function.Consumer;

/** Answers the calls of one kind. Thread-safe. */
@FunctionalInterface
public interface CallHandler<A, E, R> {

  /**
   * Answers a call. The thread is interrupted if the client goes away meanwhile.
   *
   * @param arguments what the client sent, unchecked: fields may be missing and so be null
   * @param events takes what the client is told on the way
   * @return the answer; what it holds is closed when the client has gone
   * @throws Exception if the call failed; the message is the client's
   */
  Answer<R> call(A arguments, Consumer<? super E> events) throws Exception;
}
