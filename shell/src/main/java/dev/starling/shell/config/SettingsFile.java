package dev.starling.shell.config;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * One configuration file.
 *
 * @param dataDirectory {@code data_dir}, or null
 * @param runtimeDirectory {@code runtime_dir}, or null
 * @param parallelTransfers {@code parallel_transfers}, or null
 * @param hosts the tables {@code [registry."HOST"]}
 */
record SettingsFile(
    @Nullable Path dataDirectory,
    @Nullable Path runtimeDirectory,
    @Nullable Integer parallelTransfers,
    SortedMap<String, HostSettings> hosts) {

  /** A file without content, for one that is not there. */
  static final SettingsFile EMPTY = new SettingsFile(null, null, null, new TreeMap<>());

  private static final long MAX_SIZE = 1024 * 1024;

  /**
   * Reads a file.
   *
   * @param warnings told of each unknown key, in one line
   * @return null if there is no such file
   * @throws CommandException if the file is no configuration, in one line
   */
  static @Nullable SettingsFile read(Path file, Consumer<String> warnings) throws CommandException {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new CommandException(file + " is over the limit of 1 MiB for a configuration file");
      }
      String text = Files.readString(file);
      Table root = new Table(file, text, "", new TomlMapper().readTree(text), warnings);
      return parse(root);
    } catch (NoSuchFileException e) {
      return null;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new CommandException(
          "%s%s is not valid TOML: %s"
              .formatted(
                  file,
                  at == null ? "" : ", line " + at.getLineNr(),
                  firstLine(e.getOriginalMessage())),
          e);
    } catch (CommandException e) {
      throw e;
    } catch (IOException e) {
      throw new CommandException(
          "cannot read the configuration " + file + ": " + e.getMessage(), e);
    }
  }

  private static SettingsFile parse(Table root) throws CommandException {
    SortedMap<String, HostSettings> hosts = new TreeMap<>();
    Table registries = root.table("registry");
    for (String host : registries.keys()) {
      Table table = registries.table(host);
      hosts.put(
          host,
          new HostSettings(
              table.strings("mirrors"),
              table.flag("plain_http"),
              table.path("ca_file"),
              table.table("headers").allStrings()));
      table.warnAboutOthers(List.of("mirrors", "plain_http", "ca_file", "headers"));
    }
    SettingsFile result =
        new SettingsFile(
            root.path("data_dir"),
            root.path("runtime_dir"),
            root.number("parallel_transfers", Settings.MAX_PARALLEL_TRANSFERS),
            hosts);
    root.warnAboutOthers(List.of("data_dir", "runtime_dir", "parallel_transfers", "registry"));
    return result;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /**
   * A table of the file, whose values are checked as they are taken.
   *
   * @param prefix the table's name with a dot behind, for messages
   */
  private record Table(
      Path file, String text, String prefix, JsonNode node, Consumer<String> warnings) {

    List<String> keys() {
      return List.copyOf(node.propertyNames());
    }

    Table table(String key) throws CommandException {
      JsonNode value = node.path(key);
      if (!value.isMissingNode() && !value.isObject()) {
        throw wrong(key, "a table");
      }
      return new Table(file, text, prefix + quoted(key) + ".", value, warnings);
    }

    List<String> strings(String key) throws CommandException {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return List.of();
      }
      if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
        throw wrong(key, "a list of strings");
      }
      return value.valueStream().map(JsonNode::stringValue).toList();
    }

    SortedMap<String, String> allStrings() throws CommandException {
      SortedMap<String, String> strings = new TreeMap<>();
      for (String key : keys()) {
        if (!node.path(key).isString()) {
          throw wrong(key, "a string");
        }
        strings.put(key, node.path(key).stringValue());
      }
      return strings;
    }

    boolean flag(String key) throws CommandException {
      JsonNode value = node.path(key);
      if (!value.isMissingNode() && !value.isBoolean()) {
        throw wrong(key, "true or false");
      }
      return value.isBoolean() && value.booleanValue();
    }

    @Nullable Path path(String key) throws CommandException {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return null;
      }
      if (!value.isString() || !value.stringValue().startsWith("/")) {
        throw wrong(key, "an absolute path");
      }
      return Path.of(value.stringValue());
    }

    @Nullable Integer number(String key, int most) throws CommandException {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return null;
      }
      if (!value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
        throw wrong(key, "a number from 1 to " + most);
      }
      return value.intValue();
    }

    void warnAboutOthers(List<String> known) {
      for (String key : keys()) {
        if (!known.contains(key)) {
          warnings.accept(
              "%s: unknown key '%s' is ignored; known here: %s"
                  .formatted(place(key), prefix + quoted(key), String.join(", ", known)));
        }
      }
    }

    private CommandException wrong(String key, String expected) {
      return new CommandException(
          "%s: '%s' must be %s".formatted(place(key), prefix + quoted(key), expected));
    }

    /** The file and, since the parser does not tell, the first line that looks like the key's. */
    private String place(String key) {
      Pattern line = Pattern.compile("[\\[\\s.]*.*\"?" + Pattern.quote(key) + "\"?\\s*[=\\].].*");
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (line.matcher(lines.get(i)).matches()) {
          return file + ", line " + (i + 1);
        }
      }
      return file.toString();
    }

    private static String quoted(String key) {
      return key.matches("[A-Za-z0-9_-]+") ? key : '"' + key + '"';
    }
  }
}
