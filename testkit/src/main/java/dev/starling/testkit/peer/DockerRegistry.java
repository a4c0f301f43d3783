package dev.starling.testkit.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's docker-registry (distribution 2.8) on a free port of loopback, empty at the start. */
public final class DockerRegistry implements AutoCloseable {
  private final Server server;
  private final Path directory;
  private final String authority;

  private DockerRegistry(Server server, Path directory, String authority) {
    this.server = server;
    this.directory = directory;
    this.authority = authority;
  }

  /** Starts one that anybody may read and write. */
  public static DockerRegistry start() throws IOException, InterruptedException {
    return start("");
  }

  /**
   * Starts one that asks for a password.
   *
   * @param htpasswd lines of {@code user:bcrypt-hash}
   */
  public static DockerRegistry protectedBy(String htpasswd)
      throws IOException, InterruptedException {
    return start(htpasswd);
  }

  private static DockerRegistry start(String htpasswd) throws IOException, InterruptedException {
    Requirement.programs("docker-registry");
    Path directory = Files.createTempDirectory("starling-registry-");
    int port = Server.freePort();
    String authority = "127.0.0.1:" + port;
    Path config = directory.resolve("config.yml");
    Files.writeString(config, config(directory, authority, !htpasswd.isEmpty()));
    Files.writeString(directory.resolve("htpasswd"), htpasswd);
    Server server =
        Server.start(
            Program.of("docker-registry", "serve", config.toString()),
            directory,
            () -> listens(port));
    return new DockerRegistry(server, directory, authority);
  }

  private static String config(Path directory, String authority, boolean locked) {
    String open =
        """
        version: 0.1
        log: {level: warn}
        storage: {filesystem: {rootdirectory: %s/data}, delete: {enabled: true}}
        http: {addr: "%s"}
        """
            .formatted(directory, authority);
    return locked
        ? open + "auth: {htpasswd: {realm: test, path: %s/htpasswd}}\n".formatted(directory)
        : open;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The {@code host:port} it answers at. */
  public String authority() {
    return authority;
  }

  /** A reference into it: {@code host:port/name}. */
  public String image(String name) {
    return authority + "/" + name;
  }

  /** The folder of its files, {@code docker/registry/v2/...} below. */
  public Path data() {
    return directory.resolve("data");
  }

  /** Copies an image from a layout into it with skopeo, every platform of an index included. */
  public void fill(Path layout, String tag, String name) throws IOException, InterruptedException {
    Requirement.programs("skopeo");
    Program.of(
            "skopeo",
            "copy",
            "-q",
            "--all",
            "--dest-tls-verify=false",
            "oci:" + layout + ":" + tag,
            "docker://" + image(name))
        .check();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
