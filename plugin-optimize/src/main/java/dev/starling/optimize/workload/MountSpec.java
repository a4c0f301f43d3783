package dev.starling.optimize.workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount in the container, as the runtime specification has it.
 *
 * @param type of the file system, {@code bind} for a part of the host's; empty is left to the
 *     runtime
 * @param source what is mounted
 * @param destination where, an absolute path in the container
 * @param options of mount(8)
 */
public record MountSpec(String type, String source, String destination, List<String> options) {

  private static final String SYNTAX =
      "type=TYPE,source=SOURCE,destination=DIR[,options=A:B], for example"
          + " type=bind,source=/tmp/a,destination=/a,options=rbind:ro";

  public MountSpec {
    options = List.copyOf(options);
    if (!destination.startsWith("/")) {
      throw new IllegalArgumentException(
          destination.isEmpty()
              ? "no destination; expected " + SYNTAX
              : "the destination must be absolute: " + destination);
    }
  }

  /**
   * Reads {@code ctr}'s form: comma-separated {@code key=value}, options separated by colons. The
   * source of a bind mount is made absolute by the caller's working directory; without {@code bind}
   * or {@code rbind} among its options it gets {@code rbind}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static MountSpec parse(String text) {
    String type = "";
    String source = "";
    String destination = "";
    List<String> options = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1);
      switch (equals < 0 ? "" : part.substring(0, equals)) {
        case "type" -> type = value;
        case "source", "src" -> source = value;
        case "destination", "dst" -> destination = value;
        case "options" -> options.addAll(List.of(value.split(":", -1)));
        default ->
            throw new IllegalArgumentException("unknown part \"" + part + "\"; expected " + SYNTAX);
      }
    }
    if (type.equals("bind")) {
      if (source.isEmpty()) {
        throw new IllegalArgumentException("no source; expected " + SYNTAX);
      }
      source = Path.of(source).toAbsolutePath().normalize().toString();
      if (!options.contains("bind") && !options.contains("rbind")) {
        options.addFirst("rbind");
      }
    }
    options.removeIf(String::isEmpty);
    return new MountSpec(type, source, destination, options);
  }
}
