package dev.starling.testkit.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A containerd of one's own, driven by ctr-remote 0.12: the program whose images must be accepted
 * here and whose readers must accept ours.
 */
public final class Containerd implements AutoCloseable {
  private final Server server;
  private final Path socket;

  private Containerd(Server server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Starts one with an empty store. Needs root. */
  public static Containerd start() throws IOException, InterruptedException {
    Requirement.root();
    Requirement.programs("containerd", "ctr-remote");
    Path directory = Files.createTempDirectory("starling-containerd-");
    Path socket = directory.resolve("containerd.sock");
    Path config = directory.resolve("config.toml");
    Files.writeString(
        config,
        """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
          address = "%1$s/containerd.sock"
        [ttrpc]
          address = "%1$s/containerd.sock.ttrpc"
        """
            .formatted(directory));
    Server server =
        Server.start(
            Program.of("containerd", "-c", config.toString()),
            directory,
            () -> Files.exists(socket) && ctr(socket, "version").run().exit() == 0);
    return new Containerd(server, socket);
  }

  /** {@code ctr-remote -a SOCKET ...}, one CPU, so that its TOCs do not depend on the machine. */
  public Program ctrRemote(String... arguments) {
    return ctr(socket, arguments).with("GOMAXPROCS", "1");
  }

  private static Program ctr(Path socket, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ctr-remote", "-a", socket.toString()));
    command.addAll(List.of(arguments));
    return Program.of(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
