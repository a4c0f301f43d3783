package dev.starling.shell.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The user's list of disabled plugins: {@code disabled.txt} in the user's plugin folder, a line for
 * each with its id and the names of its commands, which may not stand in its descriptor.
 */
final class DisabledPlugins {

  private static final int MAX_BYTES = 1 << 20;
  private static final String HEAD = "# Disabled plugins and their commands: see 'plugin enable'.";

  private final Path file;

  DisabledPlugins(Path users) {
    this.file = users.resolve("disabled.txt");
  }

  /**
   * The ids with their commands' names, in the order of the list.
   *
   * @throws PluginException if the list cannot be read
   */
  Map<String, Set<String>> read() throws PluginException {
    Map<String, Set<String>> disabled = new LinkedHashMap<>();
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return disabled;
    } catch (IOException e) {
      throw new PluginException("the list of disabled plugins cannot be read: " + e, e);
    }
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.strip().split("\\s+", -1));
      if (!words.getFirst().isEmpty() && !words.getFirst().startsWith("#")) {
        disabled.put(words.getFirst(), new TreeSet<>(words.subList(1, words.size())));
      }
    }
    return disabled;
  }

  /** Adds a plugin; the caller holds the folder's lock. */
  void add(String id, Set<String> commands) throws PluginException {
    Map<String, Set<String>> disabled = read();
    disabled.put(id, new TreeSet<>(commands));
    write(disabled);
  }

  /**
   * Takes a plugin off the list; the caller holds the folder's lock.
   *
   * @return whether it was on it
   */
  boolean remove(String id) throws PluginException {
    Map<String, Set<String>> disabled = read();
    boolean was = disabled.remove(id) != null;
    if (was) {
      write(disabled);
    }
    return was;
  }

  private void write(Map<String, Set<String>> disabled) throws PluginException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    disabled.forEach((id, commands) ->
        text.append(id).append(' ').append(String.join(" ", commands)).append('\n'));
    Path temporary = file.resolveSibling(".disabled.new");
    try {
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PluginException("the list of disabled plugins cannot be written: " + e, e);
    }
  }
}
