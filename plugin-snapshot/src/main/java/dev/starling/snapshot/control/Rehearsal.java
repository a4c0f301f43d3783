package dev.starling.snapshot.control;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes a made-up answer while the daemon works on the real one. The first of a kind
 * takes a tenth of a second, which would be spent after the daemon's last word otherwise.
 */
final class Rehearsal {

  /** What is answered sooner needs no rehearsal: it would only be in the way. */
  private static final Duration PATIENCE = Duration.ofMillis(30);

  private Rehearsal() {}

  /**
   * Begins and does not wait. Whatever goes wrong goes wrong with the real answer, too.
   *
   * @return calls it off when interrupted, unless it has begun
   */
  static Thread begin(JsonMapper json, Class<?> answer) {
    return Thread.ofPlatform()
        .daemon()
        .name("starling-rehearsal")
        .uncaughtExceptionHandler((_, _) -> {})
        .start(() -> {
          try {
            Thread.sleep(PATIENCE);
            run(json, answer);
          } catch (InterruptedException e) {
            // Called off.
          }
        });
  }

  /**
   * Reads and writes one.
   *
   * @param message a record of texts, numbers, truth values, lists and other such records
   * @return what was read
   */
  static <M> M run(JsonMapper json, Class<M> message) {
    M read = json.treeToValue(sample(json, message), message);
    json.writeValueAsString(read);
    return read;
  }

  /** A message of empty values; a list has one element, so that its kind is met. */
  private static JsonNode sample(JsonMapper json, Type type) {
    if (type instanceof ParameterizedType list && list.getRawType().equals(List.class)) {
      ArrayNode one = json.createArrayNode();
      one.add(sample(json, list.getActualTypeArguments()[0]));
      return one;
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      ObjectNode object = json.createObjectNode();
      for (RecordComponent component : record.getRecordComponents()) {
        object.set(component.getName(), sample(json, component.getGenericType()));
      }
      return object;
    }
    if (type.equals(String.class)) {
      return json.getNodeFactory().stringNode("");
    }
    if (type.equals(boolean.class)) {
      return json.getNodeFactory().booleanNode(false);
    }
    return json.getNodeFactory().numberNode(0);
  }
}
