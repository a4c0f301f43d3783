package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line for the machine's own shell. */
final class HostProgram {

  private static final int MAX_OUTPUT = 16 << 20;

  private HostProgram() {}

  /**
   * Runs {@code sh -c} with the script's standard error.
   *
   * @return what it wrote to standard output, without the last line's end; at most 16 MiB
   * @throws CommandException if it ends with another code than 0, or writes more
   */
  static String run(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("sh", "-c", line))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT + 1);
      if (output.length > MAX_OUTPUT) {
        throw new CommandException("sh: '" + line + "' writes more than " + MAX_OUTPUT + " bytes");
      }
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new CommandException("sh: '" + line + "' ended with exit code " + exitCode);
      }
      String text = new String(output, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } finally {
      process.destroy();
    }
  }
}
