package dev.starling.convert.prefetch;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens the files that users name. */
final class ListFiles {

  private ListFiles() {}

  /** Opens a file for reading, with a message that names it if that fails. */
  static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandException(file + " is a directory; expected a file of paths or records");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new CommandException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
