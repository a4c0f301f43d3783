package dev.starling.optimize.workload;

import java.nio.file.Path;
import java.util.List;

/** What a container sees of the network. */
public sealed interface Networking {

  /** A network namespace of its own with nothing but loopback in it. */
  record Loopback() implements Networking {}

  /** The host's network namespace. */
  record Host() implements Networking {}

  /**
   * A network namespace of its own, connected by CNI plugins.
   *
   * @param configurations the directory of the network configurations
   * @param programs the directories of the plugins; the first that has one wins
   */
  record Cni(Path configurations, List<Path> programs) implements Networking {
    public Cni {
      programs = List.copyOf(programs);
      if (programs.isEmpty()) {
        throw new IllegalArgumentException("no directory of CNI plugins");
      }
    }
  }
}
