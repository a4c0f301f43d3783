package dev.starling.optimize;

import dev.starling.api.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The words of {@code run} after the image.
 *
 * @param id the container's name
 * @param command what to run instead of what the image says; empty for the image's
 */
record RunLine(String id, List<String> command) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,127}");
  private static final String END_OF_OPTIONS = "--";
  private static final int RANDOM = 8;

  RunLine {
    command = List.copyOf(command);
  }

  /**
   * Reads them: {@code ID [COMMAND...]}, as {@code ctr} has it, or {@code -- COMMAND...}; with a
   * name given, all of them are the command.
   *
   * @param name the value of {@code --name}, or empty
   * @throws UsageException if the name is none
   */
  static RunLine of(String name, List<String> words) {
    List<String> left = new ArrayList<>(words);
    String id = name;
    if (id.isEmpty() && !left.isEmpty() && !left.getFirst().equals(END_OF_OPTIONS)) {
      id = left.removeFirst();
    }
    if (id.isEmpty()) {
      id = "run-" + UUID.randomUUID().toString().substring(0, RANDOM);
    }
    if (!left.isEmpty() && left.getFirst().equals(END_OF_OPTIONS)) {
      left.removeFirst();
    }
    if (!NAME.matcher(id).matches()) {
      throw new UsageException(
          "not a container's name: \""
              + id
              + "\"; expected up to 128 letters, digits and _+-., as in `starling run IMAGE NAME"
              + " COMMAND` or `starling run IMAGE -- COMMAND`");
    }
    return new RunLine(id, left);
  }
}
