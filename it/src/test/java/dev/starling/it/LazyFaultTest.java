package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.serve.RegistryServer;
import dev.starling.testkit.fault.Fault;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What a reader of a real mount sees when something fails: right bytes, or an error it can name.
 */
class LazyFaultTest {
  private static final NoiseImage IMAGE = new NoiseImage(3, 12, 200_000);
  private static final Duration AWAY = Duration.ofSeconds(10);

  @TempDir Path temporary;
  private LazyLab lab;

  @BeforeEach
  void start() throws Exception {
    Requirement.programs("mount", "umount");
    lab = LazyLab.open(temporary, IMAGE, 50_000);
  }

  @AfterEach
  void stop() throws Exception {
    lab.close();
  }

  private static boolean holds(Path root, int file) throws IOException {
    byte[] content = Files.readAllBytes(root.resolve(NoiseImage.name(file)));
    return content.length == IMAGE.size() && NoiseImage.isRight(file, 0, ByteBuffer.wrap(content));
  }

  private static void assertHolds(Path root) throws IOException {
    for (int file = 0; file < IMAGE.files(); file++) {
      assertThat(holds(root, file)).as(NoiseImage.name(file)).isTrue();
    }
  }

  static List<Fault> passing() {
    return List.of(
        new Fault.Truncate(1000),
        new Fault.IgnoreRange(),
        new Fault.Reset(30_000),
        new Fault.Corrupt(20_000),
        new Fault.ServerError(503));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void aFaultThatPassesIsNotSeen(Fault fault) throws Exception {
    Path root = lab.mount("--no-background-fetch");
    lab.registry().inject(fault, 1);
    assertHolds(root);
  }

  @Test
  void aChunkThatStaysWrongIsAnErrorUntilItIsRight() throws Exception {
    Path root = lab.mount("--no-background-fetch");
    lab.registry().inject(new Fault.Corrupt(20_000));
    assertThatThrownBy(() -> holds(root, 0)).hasMessageContaining("Input/output error");
    assertThat(lab.log()).contains("is corrupt at offset");
    lab.registry().heal();
    assertHolds(root);
  }

  @Test
  void readsWaitForARegistryThatIsAway() throws Exception {
    RegistryServer server = RegistryServer.start(lab.registry().layout());
    InetSocketAddress address = server.address();
    Path root = temporary.resolve("root");
    CompletableFuture<Void> reader;
    try {
      lab.starling()
          .run(
              "mount",
              "--plain-http",
              "--no-background-fetch",
              server.host() + "/noise:esgz",
              root.toString())
          .succeeded();
      assertThat(holds(root, 0)).isTrue();
    } finally {
      server.close();
    }
    reader =
        CompletableFuture.runAsync(() -> {
          try {
            assertHolds(root);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    TimeUnit.NANOSECONDS.sleep(AWAY.toNanos());
    assertThat(reader).as("the reader waits").isNotDone();
    try (RegistryServer _ = RegistryServer.start(lab.registry().layout(), address, List.of())) {
      reader.get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void aSilentRegistryIsToldAndGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String image = "127.0.0.1:" + silent.getLocalPort() + "/app:1";
      long start = System.nanoTime();
      Program.Outcome outcome = lab.starling().program("rpull", "--plain-http", image).run();
      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("waiting for the registry's answer, " + image)
          .containsOnlyOnce("did not answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void aFullDiskSlowsReadsDownAndNoMore() throws Exception {
    Path cache = Files.createDirectories(lab.starling().data().resolve("cache"));
    Program.of("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", cache.toString()).check();
    try {
      Path root = lab.mount();
      assertHolds(root);
      assertThat(lab.log()).containsOnlyOnce("the cache cannot be written");
      lab.starling().run("unmount", root.toString()).succeeded();
      Program.of("mount", "-o", "remount,size=100m", cache.toString()).check();
      assertHolds(lab.mount());
      lab.starling().run("snapshotter", "--stop").succeeded();
    } finally {
      Program.of("umount", "-l", cache.toString()).check();
    }
  }

  @Test
  void aKilledDaemonEndsReadsAndTheNextServesThemAgain() throws Exception {
    Path root = lab.mount("--rw");
    Path overlay = overlay(layers());
    assertThat(holds(overlay, 0)).isTrue();
    Files.writeString(root.resolve("written"), "by hand");
    try (Reader reader = new Reader(root);
        Reader above = new Reader(overlay)) {
      long pid = lab.daemon();
      reader.awaitRight();
      above.awaitRight();
      assertThat(Program.of("kill", "-9", Long.toString(pid)).run().exit()).isZero();
      ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
      reader.awaitError();

      List<Path> layers = layers();
      reader.awaitRight();
      assertThat(root.resolve("written")).hasContent("by hand");
      assertHolds(root);
      Program.of("umount", "-l", overlay.toString()).check();
      overlay(layers);
      above.awaitRight();
      assertHolds(overlay);
    } finally {
      Program.of("umount", "-l", overlay.toString()).run();
    }
  }

  @Test
  void aDaemonThatIsNotUnderstoodCanBeStopped() throws Exception {
    lab.mount();
    ProcessHandle daemon = ProcessHandle.of(lab.daemon()).orElseThrow();
    Path socket = lab.socket();
    Files.delete(socket);
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual().start(() -> answer(other, "{\"status\": \"of another version\"}\n"));
      lab.starling().run("status").failedSaying("another version's", "snapshotter --stop");
      lab.starling().run("snapshotter", "--stop").succeeded();
    }
    daemon.onExit().get(1, TimeUnit.MINUTES);
    assertThat(lab.mounts()).isEmpty();
  }

  @Test
  void nothingOfADaemonOutlivesStop() throws Exception {
    lab.mount();
    long daemon = lab.daemon();
    lab.starling().run("snapshotter", "--stop").succeeded();
    Path status = Path.of("/proc", Long.toString(daemon), "status");
    // Its parent may not have noticed yet that it has ended.
    assertThat(Files.exists(status) ? Files.readString(status) : "Z (zombie)")
        .contains("Z (zombie)");
  }

  @Test
  void aDaemonThatSaysNothingIsKilledByStop() throws Exception {
    lab.mount();
    ProcessHandle daemon = ProcessHandle.of(lab.daemon()).orElseThrow();
    Program.of("kill", "-STOP", Long.toString(daemon.pid())).check();
    Program.Outcome stop = lab.starling().run("snapshotter", "--stop").succeeded();
    assertThat(stop.err()).contains("process " + daemon.pid() + ", does not answer");
    daemon.onExit().get(1, TimeUnit.MINUTES);
    lab.starling().run("mounts", "prune").succeeded();
    assertThat(lab.mounts()).isEmpty();
  }

  private static void answer(ServerSocketChannel server, String line) {
    try {
      while (true) {
        try (SocketChannel client = server.accept()) {
          // Whoever only looks whether somebody answers sends nothing.
          if (client.read(ByteBuffer.allocate(1 << 10)) > 0) {
            client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void aLayersEndThatStopsComingIsAskedForAgain() throws Exception {
    lab.registry().inject(new Fault.Stall(1000, Duration.ofMinutes(5)), 1);
    assertHolds(lab.mount());
  }

  /** Makes the layers available, each by itself, base first. */
  private List<Path> layers() throws Exception {
    List<Path> directories = new ArrayList<>();
    for (JsonNode layer :
        lab.starling().json("rpull", "--plain-http", lab.image()).path("layers")) {
      directories.add(Path.of(layer.path("directory").asString()));
    }
    return directories;
  }

  private Path overlay(List<Path> layers) throws Exception {
    Path directory = Files.createDirectories(temporary.resolve("overlay"));
    String lower = String.join(":", layers.reversed().stream().map(Path::toString).toList());
    Program.of("mount", "-t", "overlay", "test", "-o", "lowerdir=" + lower, directory.toString())
        .check();
    return directory;
  }

  /** Reads files in turn, past the kernel's cache, until it is closed. */
  private static final class Reader implements AutoCloseable {
    private final Path root;
    private final Thread thread;
    private final List<String> unexpected = new ArrayList<>();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean ended;

    Reader(Path root) {
      this.root = root;
      this.thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
      for (int file = 0; !ended; file = (file + 1) % IMAGE.files()) {
        try {
          if (isRight(file)) {
            right.incrementAndGet();
          } else {
            unexpected.add("wrong bytes in " + file);
          }
        } catch (NoSuchFileException e) {
          // Between two mounts there is an empty directory.
        } catch (IOException e) {
          failed.incrementAndGet();
          if (!String.valueOf(e.getMessage())
              .matches("(?s).*(not connected|connection abort|Input/output error).*")) {
            unexpected.add(e.toString());
          }
        }
      }
    }

    private boolean isRight(int file) throws IOException {
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(16 * DirectReads.BLOCK).alignedSlice(DirectReads.BLOCK);
      Path path = root.resolve(NoiseImage.name(file));
      // Opening for direct reads where nothing is connected costs the runtime a descriptor.
      Files.readAttributes(path, BasicFileAttributes.class);
      try (FileChannel channel = DirectReads.open(path)) {
        return channel.read(buffer.limit(8 * DirectReads.BLOCK), 0) == 8 * DirectReads.BLOCK
            && NoiseImage.isRight(file, 0, buffer.flip());
      }
    }

    void awaitRight() throws Exception {
      int before = right.get();
      await(() -> right.get() > before + 1);
    }

    void awaitError() throws Exception {
      await(() -> failed.get() > 0);
    }

    private void await(java.util.function.BooleanSupplier condition) throws Exception {
      long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime()).as("in time").isLessThan(end);
        Thread.sleep(5);
      }
    }

    @Override
    public void close() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(unexpected).isEmpty();
    }
  }
}
