package dev.starling.optimize.bundle;

import dev.starling.api.image.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an image wants to be run: the {@code config} object of its configuration.
 *
 * @param entrypoint the words of the entrypoint; empty if there is none
 * @param command the words after it; empty if there are none
 * @param environment {@code NAME=VALUE}
 * @param user {@code name|uid[:group|gid]}, empty for root
 * @param directory the working directory, empty for {@code /}
 */
public record ImageDefaults(
    List<String> entrypoint,
    List<String> command,
    List<String> environment,
    String user,
    String directory) {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  public ImageDefaults {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  /** Reads them from the configuration; what is absent or of another type is empty. */
  public static ImageDefaults of(ImageConfig image) {
    JsonNode config = MAPPER.readTree(image.bytes()).path("config");
    return new ImageDefaults(
        words(config.path("Entrypoint")),
        words(config.path("Cmd")),
        words(config.path("Env")),
        config.path("User").asString(""),
        config.path("WorkingDir").asString(""));
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : array) {
      if (word.isString()) {
        words.add(word.stringValue());
      }
    }
    return words;
  }
}
