package dev.starling.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a mount begins, is shown and ends. */
@SuppressWarnings("try") // closing early is what is tested
class MountTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final MemoryFiles files = new MemoryFiles();
  private final MountOptions options = MountOptions.defaults("stargz", "rawBridge");

  @BeforeEach
  void machine() {
    Needs.fuse();
    files.file("f", "content".getBytes(UTF_8));
  }

  private Mount mount(MountOptions with) throws IOException {
    return FuseServer.libfuse().mount(files, folder, with);
  }

  private String shown() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("mount").start();
    String table = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return table
        .lines()
        .filter(line -> line.contains(" on " + folder.toAbsolutePath() + " "))
        .findFirst()
        .orElse("");
  }

  @Test
  void itIsShownAsDocumented() throws Exception {
    Needs.root();
    try (Mount mount = mount(options)) {
      assertThat(mount.isServing()).isTrue();
      assertThat(shown())
          .isEqualTo(
              "stargz on "
                  + folder.toAbsolutePath()
                  + " type fuse.rawBridge"
                  + " (rw,nodev,relatime,user_id=0,group_id=0,allow_other)");
      Path bdi = Path.of("/sys/class/bdi", device(), "read_ahead_kb");
      assertThat(Files.readString(bdi)).isEqualTo("1024\n");
    }
    assertThat(shown()).isEmpty();
  }

  private String device() throws IOException {
    return MountTable.current().on(folder.toRealPath()).orElseThrow().device();
  }

  @Test
  void optionsAreShown() throws Exception {
    Needs.root();
    MountOptions with =
        MountOptions.defaults("some.source-1", "sub_2")
            .withReadOnly(true)
            .withChecked(true)
            .withReadAhead(16);
    try (Mount _ = mount(with)) {
      assertThat(shown())
          .isEqualTo(
              "some.source-1 on "
                  + folder.toAbsolutePath()
                  + " type fuse.sub_2 (ro,nodev,relatime,user_id=0,group_id=0,default_permissions,allow_other)");
      assertThat(Files.readString(Path.of("/sys/class/bdi", device(), "read_ahead_kb")))
          .isEqualTo("16\n");
    }
  }

  @Test
  void everyOpeningIsToldToAListenerAndNothingToNone() throws IOException {
    Queue<String> opened = new ConcurrentLinkedQueue<>();
    files.file("d/e", new byte[] {1});
    try (Mount _ = mount(options.withOpens(opened::add).withReadAhead(4))) {
      for (int i = 0; i < 2; i++) {
        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
        assertThat(Files.readAllBytes(folder.resolve("d/e"))).containsExactly(1);
      }
      assertThat(opened).containsExactly("/f", "/d/e", "/f", "/d/e");
      assertThatThrownBy(() -> Files.writeString(folder.resolve("f"), "x"))
          .hasMessageContaining("Read-only file system");
    }
    try (Mount _ = mount(options)) {
      assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
    }
    assertThat(opened).hasSize(4);
  }

  @Test
  void closingIsFinalAndMayBeRepeated() throws Exception {
    Mount mount = mount(options);
    mount.close();
    assertThat(mount.isServing()).isFalse();
    assertThat(mount.awaitEnd(Duration.ZERO)).isTrue();
    mount.close();
    mount.unmount();
    try (Mount again = mount(options)) {
      assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
      mount.close();
      assertThat(again.isServing()).isTrue();
      assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMountThatSomebodyElseEndedIsClosedQuietly() throws Exception {
    Mount mount = mount(options);
    MountPoints.detach(folder);
    assertThat(mount.awaitEnd(SOON)).isTrue();
    mount.close();
    assertThatThrownBy(() -> MountPoints.detach(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void whoReadsWhileItIsUnmountedReadsToTheEnd() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    files.file(
        "slow",
        3,
        (offset, target) -> {
          reading.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          target.put(new byte[] {1, 2, 3}, 0, target.remaining());
        });
    Mount mount = mount(options);
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<byte[]> bytes = reader.submit(() -> Files.readAllBytes(folder.resolve("slow")));
      assertThat(reading.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(mount::unmount)
          .isInstanceOf(MountBusyException.class)
          .hasMessageContaining(folder.toRealPath().toString());
      mount.close();
      assertThat(folder).isEmptyDirectory();
      assertThat(mount.isServing()).isTrue();
      go.countDown();
      assertThat(bytes.get()).containsExactly(1, 2, 3);
    }
    assertThat(mount.awaitEnd(SOON)).isTrue();
  }

  @Test
  void aReaderWithAnOpenFileKeepsItAfterUnmounting() throws Exception {
    Mount mount = mount(options);
    try (InputStream in = Files.newInputStream(folder.resolve("f"))) {
      mount.close();
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("content");
      assertThat(mount.isServing()).isTrue();
    }
    assertThat(mount.awaitEnd(SOON)).isTrue();
  }

  @Test
  void severalAreServedAtOnce() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two with a blank"));
    FuseServer server = FuseServer.libfuse();
    try (Mount first = server.mount(files, one, options);
        Mount second = server.mount(files, two, options)) {
      assertThat(Files.readString(one.resolve("f"))).isEqualTo("content");
      first.close();
      assertThat(Files.readString(two.resolve("f"))).isEqualTo("content");
      assertThat(second.directory()).isEqualTo(two.toRealPath());
    }
  }

  @Test
  void mountingAgainAndAgainLeavesNothingBehind() throws Exception {
    mount(options).close();
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      try (Mount _ = mount(options)) {
        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
      }
    }
    assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    assertThat(MountTable.current().on(folder.toRealPath())).isEmpty();
    // What served may be in its last instructions when its mount has ended.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("fuse " + folder)) {
        assertThat(thread.join(SOON)).as(thread.getName()).isTrue();
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void aCrowdOfReadersGetsWhatItAsksForAndLeavesNoDescriptors() throws Exception {
    byte[] content = new byte[1 << 20];
    new Random(7).nextBytes(content);
    for (int i = 0; i < 20; i++) {
      files.file("many/" + i, content);
    }
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    try (Mount _ = mount(options.withOpens(_ -> {}))) {
      long before = descriptors();
      try (ExecutorService readers = Executors.newFixedThreadPool(200)) {
        for (int reader = 0; reader < 200; reader++) {
          Random random = new Random(reader);
          readers.execute(() -> {
            while (failures.isEmpty() && System.nanoTime() < end) {
              try {
                readSomewhere(folder.resolve("many/" + random.nextInt(20)), content, random);
              } catch (IOException | AssertionError e) {
                failures.add(e);
              }
            }
          });
        }
      }
      assertThat(failures).isEmpty();
      assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }
  }

  private static void readSomewhere(Path file, byte[] content, Random random) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      int from = random.nextInt(content.length - 1);
      int length = 1 + random.nextInt(Math.min(50_000, content.length - from));
      ByteBuffer buffer = ByteBuffer.allocate(length);
      int count = 0;
      while (count >= 0 && buffer.hasRemaining()) {
        count = channel.read(buffer, from + (long) buffer.position());
      }
      assertThat(Arrays.equals(buffer.array(), Arrays.copyOfRange(content, from, from + length)))
          .isTrue();
    }
  }

  @Test
  void whatCannotBeMountedOnIsNamed() throws IOException {
    FuseServer server = FuseServer.libfuse();
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> server.mount(files, folder, options))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot mount on %s: it is not empty", folder);
    assertThatThrownBy(() -> server.mount(files, file, options))
        .hasMessage("cannot mount on %s: it is no directory", file);
    assertThatThrownBy(() -> server.mount(files, folder.resolve("none"), options))
        .hasMessageContaining("it is no directory");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> MountOptions.defaults("a,b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withReadAhead(2048))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withCaching(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
