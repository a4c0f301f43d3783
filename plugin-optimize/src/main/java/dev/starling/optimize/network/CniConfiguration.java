package dev.starling.optimize.network;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A network's configuration: the plugins that make it, in their order.
 *
 * @param name of the network
 * @param version of the specification it is written for, such as {@code 1.0.0}
 * @param plugins each plugin's own object, with its {@code type}
 */
public record CniConfiguration(String name, String version, List<ObjectNode> plugins) {

  private static final long MAX_SIZE = 1 << 20;
  private static final int MAX_PLUGINS = 64;
  private static final String OLDEST_VERSION = "0.1.0";
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  public CniConfiguration {
    plugins = List.copyOf(plugins);
  }

  /**
   * The network of a directory: its first configuration by name, {@code .conflist}, {@code .conf}
   * or {@code .json}.
   *
   * @throws CommandException if there is none, or it is malformed
   * @throws IOException if reading fails
   */
  public static CniConfiguration first(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(directory, "*.{conflist,conf,json}")) {
        found.forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      throw new CommandException(
          "there is no CNI configuration (*.conflist, *.conf, *.json) in "
              + directory
              + "; make one, or name another directory by --cni-plugin-conf-dir");
    }
    files.sort(null);
    return read(files.getFirst());
  }

  /**
   * Reads a configuration, of one plugin or a list.
   *
   * @throws CommandException if it is malformed
   * @throws IOException if reading fails
   */
  static CniConfiguration read(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw new CommandException("the CNI configuration " + file + " is larger than 1 MiB");
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new CommandException(
          "the CNI configuration " + file + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
    String name = json.path("name").asString("");
    if (!NAME.matcher(name).matches()) {
      throw new CommandException("the CNI configuration " + file + " has no valid name");
    }
    List<ObjectNode> plugins = new ArrayList<>();
    for (JsonNode plugin : json.has("plugins") ? json.path("plugins") : List.of(json)) {
      if (!(plugin instanceof ObjectNode object)
          || !TYPE.matcher(object.path("type").asString("")).matches()) {
        throw new CommandException(
            "the CNI configuration " + file + " has a plugin without a valid type");
      }
      plugins.add(object);
    }
    if (plugins.isEmpty() || plugins.size() > MAX_PLUGINS) {
      throw new CommandException(
          "the CNI configuration " + file + " has no plugins, or more than " + MAX_PLUGINS);
    }
    return new CniConfiguration(name, json.path("cniVersion").asString(OLDEST_VERSION), plugins);
  }
}
