package dev.starling.api.internal.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns the file system's exceptions, some of which have nothing but a path for a message, into
 * sentences.
 */
public final class FileErrors {

  private FileErrors() {}

  /** Whether the file system had no room (or no quota) for what was written. */
  public static boolean isDiskFull(IOException e) {
    String message = e.getMessage();
    return message != null
        && (message.contains("No space left") || message.contains("quota exceeded"));
  }

  /**
   * {@code cannot <what> <path>: <why>}, for file-system exceptions; others come back as they are.
   *
   * @param what a verb and its preposition, for example {@code write to}
   */
  public static IOException explain(String what, Path path, IOException e) {
    return e instanceof FileSystemException failure
        ? new IOException("cannot " + what + " " + path + ": " + reason(failure), e)
        : e;
  }

  private static String reason(FileSystemException e) {
    @Nullable String reason = e.getReason();
    if (reason != null) {
      return reason;
    }
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "no such file or directory";
      case FileAlreadyExistsException exists -> e.getFile() + " is no directory";
      default -> e.getClass().getSimpleName();
    };
  }
}
