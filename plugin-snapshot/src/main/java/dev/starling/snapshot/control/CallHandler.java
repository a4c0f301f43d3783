package dev.starling.snapshot.control;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Answers the calls of one name. Thread-safe. */
@FunctionalInterface
public interface CallHandler {

  /**
   * Answers a call. The thread is interrupted if the client goes away meanwhile.
   *
   * @param arguments what the client sent, unchecked
   * @param events takes what the client is told on the way; written as JSON
   * @return the result, written as JSON
   * @throws Exception if the call failed; the message is the client's
   */
  Object call(JsonNode arguments, Consumer<Object> events) throws Exception;
}
