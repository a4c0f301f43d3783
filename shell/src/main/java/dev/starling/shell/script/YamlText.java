package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML as values. Makes no other objects than those of JSON, and few copies of what is aliased. */
final class YamlText {

  private static final int MAX_SIZE = 8 << 20;

  private YamlText() {}

  static @Nullable Object read(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw new CommandException(file + ": more than " + MAX_SIZE + " bytes of YAML");
    }
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Parses it.
   *
   * @param name for messages
   * @throws CommandException if it is no YAML
   */
  static @Nullable Object parse(String text, String name) throws CommandException {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_SIZE).build();
    try {
      return new Load(settings).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
              .orElse("");
      throw new CommandException(name + where + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new CommandException(name + ": " + e.getMessage(), e);
    }
  }
}
