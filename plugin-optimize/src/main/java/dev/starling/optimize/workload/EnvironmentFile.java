package dev.starling.optimize.workload;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of environment variables: one a line, empty lines and those that begin with # left out.
 */
final class EnvironmentFile {

  private static final long MAX_SIZE = 1 << 20;

  private EnvironmentFile() {}

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read, is larger than 1 MiB or is not UTF-8 text
   */
  static List<String> read(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new CommandException("--env-file: " + file + " is larger than 1 MiB");
      }
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (NoSuchFileException e) {
      throw new CommandException("--env-file: there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new CommandException("--env-file: " + file + " is not UTF-8 text", e);
    }
  }
}
