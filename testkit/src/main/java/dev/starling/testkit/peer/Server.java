package dev.starling.testkit.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server process with a temporary directory, both of which end with it. Thread-safe. */
final class Server implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path directory;

  private Server(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /** A check that may be repeated until it holds. */
  interface Probe {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Starts the program with its output in {@code directory/log} and waits until it answers. */
  static Server start(Program program, Path directory, Probe ready)
      throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process process =
        program.builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Server server = new Server(process, directory);
    try {
      Instant end = Instant.now().plus(LIMIT);
      while (!ready.holds()) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          throw new IOException(program.command() + " did not start: " + Files.readString(log));
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** A TCP port of loopback that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(directory);
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
