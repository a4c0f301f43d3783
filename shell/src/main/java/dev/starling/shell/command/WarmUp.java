package dev.starling.shell.command;

import dev.starling.api.image.Digest;
import dev.starling.shell.image.InspectCommand;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has what nearly every command needs made ready beside the rest of the start: picocli with the
 * annotations that it reads, hashing, and JSON. For each kind of annotation a class is generated
 * when it is first met; an AOT cache leaves these out, and they take a quarter of a short command's
 * time.
 */
public final class WarmUp {

  /**
   * Lines with one of these do little else at first, or have Groovy to keep all processors busy.
   */
  private static final Set<String> PARSERS_ONLY = Set.of("-h", "--help", "help", "script", "shell");

  private WarmUp() {}

  /**
   * Begins and does not wait.
   *
   * @param words the line that is going to be run
   */
  public static void begin(List<String> words) {
    boolean computes = !words.isEmpty() && words.stream().noneMatch(PARSERS_ONLY::contains);
    Thread.ofPlatform().daemon().name("starling-warm-up").start(() -> run(computes));
  }

  private static void run(boolean computes) {
    // This command has one of each: parameters, options and parts with options of their own.
    new CommandLine(new InspectCommand());
    if (computes) {
      Digest.sha256(new byte[0]);
      JsonMapper.shared().createObjectNode();
    }
  }
}
