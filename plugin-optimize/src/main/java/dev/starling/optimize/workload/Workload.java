package dev.starling.optimize.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is run in the container, as far as it differs from the image's configuration. Immutable.
 *
 * @param entrypoint replaces the image's entrypoint; null keeps it
 * @param args replaces the image's command; null keeps it
 * @param environment {@code NAME=VALUE} sets, {@code NAME} alone removes; later ones win
 * @param user {@code name|uid[:group|gid]}, empty for the image's
 * @param directory an absolute path in the container, empty for the image's
 * @param terminal whether the process gets a terminal of its own
 * @param interactive whether the process reads this process's standard input
 * @param mounts on top of the default ones, in this order
 * @param networking what the container sees of the network
 * @param names how names are resolved in it
 */
public record Workload(
    @Nullable List<String> entrypoint,
    @Nullable List<String> args,
    List<String> environment,
    String user,
    String directory,
    boolean terminal,
    boolean interactive,
    List<MountSpec> mounts,
    Networking networking,
    NameResolution names) {

  /** The image as it is: no changes, no network but loopback. */
  public static final Workload OF_IMAGE =
      new Workload(
          null,
          null,
          List.of(),
          "",
          "",
          false,
          false,
          List.of(),
          new Networking.Loopback(),
          NameResolution.DEFAULT);

  /** The same with another command: these words and nothing of the image's. */
  public Workload withCommand(List<String> words) {
    return new Workload(
        entrypoint == null ? List.of() : entrypoint,
        words,
        environment,
        user,
        directory,
        terminal,
        interactive,
        mounts,
        networking,
        names);
  }

  public Workload {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    args = args == null ? null : List.copyOf(args);
    environment = List.copyOf(environment);
    mounts = List.copyOf(mounts);
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      throw new IllegalArgumentException("the working directory must be absolute: " + directory);
    }
  }
}
