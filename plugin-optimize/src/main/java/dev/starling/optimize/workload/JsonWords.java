package dev.starling.optimize.workload;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Command lines written as JSON arrays, as in a Dockerfile's exec form. */
final class JsonWords {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JsonWords() {}

  /**
   * Reads a JSON array of strings.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<String> parse(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw notAnArray(text);
    }
    if (!node.isArray()) {
      throw notAnArray(text);
    }
    List<String> words = new ArrayList<>();
    for (JsonNode word : node) {
      if (!word.isString()) {
        throw notAnArray(text);
      }
      words.add(word.stringValue());
    }
    return words;
  }

  private static IllegalArgumentException notAnArray(String text) {
    return new IllegalArgumentException(
        "expected a JSON array of strings such as [\"/bin/sh\", \"-c\"], not " + text);
  }
}
