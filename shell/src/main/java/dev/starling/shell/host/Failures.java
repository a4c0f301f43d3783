package dev.starling.shell.host;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.UsageException;
import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.shell.progress.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** Says what a failure means: one line for people and an exit code. */
public final class Failures {

  private Failures() {}

  /** The exit code of a command that ended with this failure. */
  public static int exitCode(Throwable failure) {
    return switch (failure) {
      case CommandException e -> e.exitCode();
      case UsageException _ -> ExitCode.USAGE;
      case InvalidReferenceException _ -> ExitCode.USAGE;
      case ParameterException _ -> ExitCode.USAGE;
      case CancellationException _ -> ExitCode.CANCELLED;
      default -> ExitCode.FAILED;
    };
  }

  /** The failure in one line, without {@code starling:} before it. */
  public static String describe(Throwable failure) {
    return OneLine.of(
        switch (failure) {
          case ParameterException e -> UsageErrors.describe(e);
          case UsageException e -> text(e);
          case InvalidReferenceException e -> text(e);
          case CancellationException _ -> "cancelled";
          case UncheckedIOException e -> describe(causeOf(e));
          case FileSystemException e -> fileSystem(e);
          case UnknownHostException e -> "unknown host: " + text(e);
          case IOException e -> text(e);
          case OutOfMemoryError e -> "out of memory: " + text(e);
          default -> defect(failure);
        });
  }

  private static Throwable causeOf(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause != null ? cause : e;
  }

  private static String fileSystem(FileSystemException e) {
    String file = e.getFile() == null ? "a file" : e.getFile();
    return switch (e) {
      case NoSuchFileException _ -> file + ": no such file or directory";
      case AccessDeniedException _ -> file + ": permission denied";
      case FileAlreadyExistsException _ -> file + ": exists already";
      case NotDirectoryException _ -> file + ": not a directory";
      case DirectoryNotEmptyException _ -> file + ": directory is not empty";
      default -> e.getMessage() == null ? file + ": cannot be used" : e.getMessage();
    };
  }

  private static String text(Throwable failure) {
    @Nullable String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return message;
    }
    Throwable cause = failure.getCause();
    return cause != null ? describe(cause) : failure.getClass().getSimpleName();
  }

  private static String defect(Throwable failure) {
    String message = failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")";
    return "this is a defect in Starling or a plugin: "
        + failure.getClass().getSimpleName()
        + message
        + "; run the command again with --debug and report what it prints";
  }
}
