package dev.starling.shell.command;

import dev.starling.api.image.Digest;
import dev.starling.shell.image.InspectCommand;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
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

  /** Lines with one of these have the daemon do the work: they need JSON only to print it. */
  private static final Set<String> CALLERS =
      Set.of("rpull", "mount", "unmount", "umount", "mounts", "status", "cache");

  /** The daemon describes itself, as its callers do, and so needs no annotations. */
  private static final String DAEMON = "snapshotter";

  private WarmUp() {}

  /**
   * Begins and does not wait.
   *
   * @param words the line that is going to be run
   */
  public static void begin(List<String> words) {
    boolean calls = words.stream().anyMatch(CALLERS::contains);
    boolean annotated = !calls && !words.contains(DAEMON);
    boolean computes = !words.isEmpty() && words.stream().noneMatch(PARSERS_ONLY::contains);
    boolean json = computes && (!calls || words.contains("json"));
    Thread.ofPlatform()
        .daemon()
        .name("starling-warm-up")
        .start(() -> run(annotated, computes, json));
  }

  private static void run(boolean annotated, boolean computes, boolean json) {
    // The command has one of each: parameters, options and parts with options of their own.
    new CommandLine(annotated ? new InspectCommand() : CommandSpec.create());
    if (computes) {
      Digest.sha256(new byte[0]);
    }
    if (json) {
      JsonMapper.shared().createObjectNode();
    }
  }
}
