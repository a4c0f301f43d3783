package dev.starling.optimize.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a container accepts connections on a TCP port: whether a socket of its network namespace
 * listens there that one of its processes has open. Nothing is connected to, so the server does not
 * notice, and it works for a namespace this process is not in, and for the host's.
 */
final class ListeningPort {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private final Path process;
  private final String port;

  /**
   * @param process the container's first process, as seen here
   * @param port 1 to 65535
   */
  ListeningPort(long process, int port) {
    this.process = PROC.resolve(Long.toString(process));
    this.port = String.format(Locale.ROOT, ":%04X", port);
  }

  /** Whether it does now; no once the process is gone. */
  boolean accepts() {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        Path file = process.resolve(table);
        if (Files.exists(file)) {
          sockets.addAll(listening(Files.readAllLines(file)));
        }
      }
      return !sockets.isEmpty() && ownedByContainer(sockets);
    } catch (IOException e) {
      return false; // ended meanwhile
    }
  }

  /** The sockets that listen on the port, as their links in /proc/PID/fd name them. */
  private Set<String> listening(List<String> table) {
    Set<String> sockets = new HashSet<>();
    for (String line : table) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length > INODE
          && fields[STATE].equals(LISTENING)
          && fields[LOCAL_ADDRESS].endsWith(port)) {
        sockets.add("socket:[" + fields[INODE] + "]");
      }
    }
    return sockets;
  }

  private boolean ownedByContainer(Set<String> sockets) throws IOException {
    Path namespace = Files.readSymbolicLink(process.resolve("ns/pid"));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path candidate : processes) {
        if (has(candidate, namespace, sockets)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean has(Path process, Path namespace, Set<String> sockets) {
    try {
      if (!Files.readSymbolicLink(process.resolve("ns/pid")).equals(namespace)) {
        return false;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
        for (Path file : files) {
          if (sockets.contains(Files.readSymbolicLink(file).toString())) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      return false; // ended meanwhile
    }
  }
}
