package dev.starling.snapshot.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON files that are replaced as a whole or not at all. */
final class StateFile {

  private static final JsonMapper JSON = JsonMapper.shared();

  private StateFile() {}

  /**
   * Reads the daemon's state; without a file it is empty.
   *
   * @throws IOException if it is damaged
   */
  static DaemonState read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), DaemonState.class);
    } catch (NoSuchFileException e) {
      return DaemonState.EMPTY;
    } catch (JacksonException e) {
      throw new IOException(
          file + " is damaged: " + e.getOriginalMessage() + "; remove it and pull the images again",
          e);
    }
  }

  /**
   * Replaces a file.
   *
   * @param durable whether it must be there after a power cut, too
   */
  static void write(Path file, Object value, boolean durable) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    if (durable) {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
