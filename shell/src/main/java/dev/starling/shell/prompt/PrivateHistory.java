package dev.starling.shell.prompt;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** The history, without lines that seem to hold credentials. */
final class PrivateHistory extends DefaultHistory {

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)(passw(or)?d|token|secret|authorization|credential|api-?key)['\"]?\\s*[:= ]"
              + "|bearer\\s+\\S|://[^/\\s:@]+:[^/\\s@]+@");

  /** Whether the line seems to hold credentials. */
  static boolean isPrivate(String line) {
    return CREDENTIALS.matcher(line).find();
  }

  /**
   * Makes the file that the history is kept in, readable by its owner only.
   *
   * @throws IOException if it cannot be made
   */
  static void createFile(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // from an earlier shell
    }
  }

  @Override
  public void add(Instant time, String line) {
    if (!isPrivate(line)) {
      super.add(time, line);
    }
  }
}
