package dev.starling.shell.script;

import dev.starling.shell.host.ExitCode;
import dev.starling.shell.host.ExitException;
import dev.starling.shell.host.Failures;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import picocli.CommandLine.ParameterException;

/** Says where in a script something went wrong. */
final class ScriptErrors {

  private ScriptErrors() {}

  /** The failure with the script's line before its message; a cancellation as it is. */
  static Exception at(String script, Throwable failure) {
    return switch (failure) {
      case CancellationException cancelled -> cancelled;
      case InterruptedException _ -> cancelled(failure);
      case MultipleCompilationErrorsException e -> compilation(script, e);
      default ->
          new ExitException(
              place(script, failure) + ": " + describe(failure), exitCode(failure), failure);
    };
  }

  private static CancellationException cancelled(Throwable cause) {
    CancellationException cancelled = new CancellationException("cancelled");
    cancelled.initCause(cause);
    return cancelled;
  }

  private static ExitException compilation(String script, MultipleCompilationErrorsException e) {
    for (Object error : e.getErrorCollector().getErrors()) {
      if (error instanceof SyntaxErrorMessage message) {
        SyntaxException syntax = message.getCause();
        return new ExitException(
            script + ":" + syntax.getLine() + ": " + syntax.getOriginalMessage(),
            ExitCode.USAGE,
            e);
      }
    }
    return new ExitException(script + ": " + e.getMessage(), ExitCode.USAGE, e);
  }

  private static String place(String script, Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> script.equals(frame.getFileName()) && frame.getLineNumber() > 0)
        .findFirst()
        .map(frame -> script + ":" + frame.getLineNumber())
        .orElse(script);
  }

  /** The script's own mistakes are no defects of Starling. */
  private static String describe(Throwable failure) {
    return switch (failure) {
      case MissingMethodException e ->
          "there is no command or method '"
              + e.getMethod()
              + "' that takes these arguments; 'help' lists the commands";
      case MissingPropertyException e ->
          "there is no '" + e.getProperty() + "'; 'help' lists the commands";
      case IOException e -> Failures.describe(e);
      case ParameterException e -> Failures.describe(e);
      case dev.starling.api.command.UsageException e -> Failures.describe(e);
      default -> {
        String message = failure.getMessage();
        yield failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
      }
    };
  }

  private static int exitCode(Throwable failure) {
    return failure instanceof CommandFailedException reported
        ? reported.getExitCode()
        : Failures.exitCode(failure);
  }
}
