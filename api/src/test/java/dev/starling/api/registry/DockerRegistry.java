package dev.starling.api.registry;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A real registry process on a loopback port, over a temporary directory. */
final class DockerRegistry implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

  private final Process process;
  private final int port;

  private DockerRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param auth the auth section of its configuration, empty for none
   */
  static DockerRegistry start(Path directory, String auth) throws Exception {
    if (!Files.isExecutable(PROGRAM)) {
      String reason = PROGRAM + " is missing; install the package docker-registry";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      abort(reason);
    }
    int port = freePort();
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage: {filesystem: {rootdirectory: %s/data}, delete: {enabled: true}}
        http: {addr: 127.0.0.1:%d, secret: test}
        %s
        """
            .formatted(directory, port, auth));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    awaitListening(process, port, directory.resolve("log"));
    return new DockerRegistry(process, port);
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(Process process, int port, Path log) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    fail("docker-registry did not start: " + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
