package dev.starling.snapshot.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.image.Digest;
import dev.starling.testkit.fault.TestClock;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChunkCacheTest {

  private static final long LARGE = 1 << 30;

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final RecordingLog log = new RecordingLog();

  @Test
  void readsPartsOfWhatWasPut() throws Exception {
    ChunkCache cache = open(LARGE);
    byte[] content = "some bytes".getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.sha256(content);
    assertThat(cache.put(digest, content)).isTrue();

    ByteBuffer target = ByteBuffer.allocateDirect(5);
    assertThat(cache.read(digest, content.length, 5, target, true)).isTrue();
    byte[] read = new byte[5];
    target.flip().get(read);
    assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("bytes");
    assertThat(cache.contains(digest, content.length)).isTrue();
    assertThat(cache.contains(Digest.sha256(read), 5)).isFalse();
    assertThat(cache.read(Digest.sha256(read), 5, 0, ByteBuffer.allocate(5), false)).isFalse();
    assertThat(open(LARGE).usage()).isEqualTo(new CacheUsage(1, 4096, LARGE));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void neverServesATornFile() throws Exception {
    ChunkCache cache = open(LARGE);
    byte[] content = CacheHammer.content(30);
    Digest digest = Digest.sha256(content);
    Path file = file(digest);

    cache.put(digest, content);
    Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
    assertThat(read(cache, digest, content, false)).isFalse();
    assertThat(file).doesNotExist();

    cache.put(digest, content);
    byte[] zeros = new byte[content.length];
    Files.write(file, zeros);
    assertThat(read(cache, digest, content, true)).isFalse();
    assertThat(file).doesNotExist();

    cache.put(digest, content);
    assertThat(read(cache, digest, content, true)).isTrue();
  }

  @Test
  void removesWhatWasNotUsedForLongest() throws Exception {
    ChunkCache cache = open(10 * 4096);
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clock.advance(Duration.ofMinutes(1));
      byte[] content = CacheHammer.content(i);
      digests.add(Digest.sha256(content));
      cache.put(digests.get(i), content);
      age(digests.get(i));
    }
    clock.advance(Duration.ofMinutes(1));
    read(cache, digests.getFirst(), CacheHammer.content(0), true);
    for (int i = 8; i < 12; i++) {
      clock.advance(Duration.ofMinutes(1));
      cache.put(Digest.sha256(CacheHammer.content(i)), CacheHammer.content(i));
    }

    assertThat(cache.usage().size()).isLessThanOrEqualTo(10 * 4096);
    assertThat(cache.contains(digests.get(0), CacheHammer.content(0).length)).isTrue();
    assertThat(cache.contains(digests.get(1), CacheHammer.content(1).length)).isFalse();
    assertThat(cache.contains(digests.get(7), CacheHammer.content(7).length)).isTrue();
  }

  /** Reading a file on a real disk changes its access time, which counts as well. */
  private void age(Digest digest) throws IOException {
    Files.setAttribute(file(digest), "lastAccessTime", FileTime.from(clock.instant()));
  }

  @Test
  void prunesOnRequestAndSweepsWhatWasLeftBehind() throws Exception {
    ChunkCache cache = open(LARGE);
    for (int i = 0; i < 5; i++) {
      cache.put(Digest.sha256(CacheHammer.content(i)), CacheHammer.content(i));
    }
    cache.putToc(Digest.sha256(new byte[1]), out -> out.write(1));
    Path leftover = Files.createFile(folder.resolve("tmp").resolve("leftover"));
    Path fresh = Files.createFile(folder.resolve("tmp").resolve("fresh"));
    Files.setLastModifiedTime(leftover, FileTime.from(clock.instant().minus(Duration.ofDays(1))));

    assertThat(cache.list()).hasSize(6);
    assertThat(cache.prune(2 * 4096).kept()).isEqualTo(new CacheUsage(2, 8192, LARGE));
    assertThat(cache.prune(0)).isEqualTo(new Pruned(2, 8192, new CacheUsage(0, 0, LARGE)));
    assertThat(leftovers()).containsExactly(fresh);
  }

  @Test
  void openingSweepsWhatAKilledProcessWasWriting() throws Exception {
    var _ = open(LARGE);
    Path leftover = Files.createFile(folder.resolve("tmp").resolve("leftover"));
    Path fresh = Files.createFile(folder.resolve("tmp").resolve("fresh"));
    Files.setLastModifiedTime(
        leftover, FileTime.from(clock.instant().minus(Duration.ofMinutes(16))));
    Files.setLastModifiedTime(fresh, FileTime.from(clock.instant().minus(Duration.ofMinutes(14))));
    var _ = open(LARGE);
    assertThat(leftovers()).containsExactly(fresh);
  }

  @Test
  void keepsTocsAndSpoolsWholeOrNotAtAll() throws Exception {
    ChunkCache cache = open(LARGE);
    Digest layer = Digest.sha256(new byte[1]);
    assertThat(cache.openToc(layer)).isNull();
    assertThat(cache.openSpool(layer)).isNull();

    assertThatThrownBy(() ->
            cache.putToc(
                layer,
                out -> {
                  out.write(1);
                  throw new IOException("gone");
                }))
        .hasMessage("gone");
    assertThat(cache.openToc(layer)).isNull();

    cache.putToc(layer, out -> out.write(new byte[] {1, 2, 3}));
    try (InputStream toc = Objects.requireNonNull(cache.openToc(layer))) {
      assertThat(toc.readAllBytes()).containsExactly(1, 2, 3);
    }
    try (Spool spool = cache.putSpool(layer, out -> out.write(new byte[700_000]))) {
      assertThat(spool.size()).isEqualTo(700_000);
    }
    assertThat(cache.list()).hasSize(2);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void keepsSpoolsThatAreReadAndBoundsThem() throws Exception {
    ChunkCache cache = open(100_000);
    Digest layer = Digest.sha256(new byte[1]);
    assertThatThrownBy(() -> cache.putSpool(layer, out -> out.write(new byte[100_001])))
        .hasMessageContaining("limit of 100000 bytes");
    assertThat(leftovers()).isEmpty();

    Spool spool = cache.putSpool(layer, out -> out.write(new byte[50_000]));
    cache.prune(0);
    assertThat(cache.usage().files()).isEqualTo(1);
    spool.close();
    @Nullable Spool again = cache.openSpool(layer);
    assertThat(again).isNotNull();
    Objects.requireNonNull(again).close();
    cache.prune(0);
    assertThat(cache.usage().files()).isZero();
  }

  @Test
  void aSpoolOutlivesItsRemovalAndAnInterruptedReader() throws Exception {
    ChunkCache cache = open(LARGE);
    Digest layer = Digest.sha256(new byte[1]);
    try (Spool spool = cache.putSpool(layer, out -> out.write(new byte[] {1, 2, 3}))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> spool.readAt(ByteBuffer.allocate(1), 0))
          .isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      ByteBuffer target = ByteBuffer.allocate(4);
      assertThat(spool.readAt(target, 1)).isEqualTo(2);
      open(LARGE).prune(0);
      assertThat(spool.readAt(target.clear(), 2)).isEqualTo(1);
      assertThat(spool.readAt(target.clear(), 3)).isEqualTo(-1);
    }
  }

  @Test
  void saysOnceThatItCannotBeWritten() throws Exception {
    Requirement.root();
    Requirement.programs("mount", "umount");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    mount(disk);
    try {
      ChunkCache cache = ChunkCache.open(disk.resolve("cache"), LARGE, clock, log);
      List<Boolean> kept = new ArrayList<>();
      for (int i = 0; i < 59; i++) {
        kept.add(cache.put(Digest.sha256(CacheHammer.content(i)), CacheHammer.content(i)));
      }
      assertThat(kept).contains(true, false);
      assertThat(log.lines()).filteredOn(line -> line.startsWith("warn")).isNotEmpty();
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("warn"))
          .first()
          .asString()
          .contains("cannot be written")
          .contains("No space left");
      cache.prune(0);
      assertThat(cache.put(Digest.sha256(CacheHammer.content(1)), CacheHammer.content(1))).isTrue();
    } finally {
      Program.of("umount", disk.toString()).run();
    }
  }

  private static void mount(Path disk) throws Exception {
    int exit =
        Program.of("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString())
            .run()
            .exit();
    Requirement.that(exit == 0, "the right to mount a tmpfs");
  }

  @Test
  void twoProcessesShareATinyCache() throws Exception {
    List<Process> processes = List.of(hammer(1), hammer(2));
    for (Process process : processes) {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(out).isZero();
      assertThat(Integer.parseInt(out.strip())).isPositive();
    }
    ChunkCache cache = open(128 << 10);
    assertThat(cache.usage().size()).isLessThanOrEqualTo((128 << 10) * 10 / 8);
    assertThat(leftovers()).isEmpty();
  }

  private Process hammer(int seed) throws IOException {
    String modules = Objects.requireNonNullElse(System.getProperty("jdk.module.path"), "");
    String path =
        String.join(
            File.pathSeparator,
            "target/classes",
            "target/test-classes",
            modules,
            System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            path,
            CacheHammer.class.getName(),
            folder.toString(),
            Integer.toString(128 << 10),
            Integer.toString(seed),
            "4000")
        .redirectErrorStream(true)
        .start();
  }

  private boolean read(ChunkCache cache, Digest digest, byte[] content, boolean verify) {
    ByteBuffer target = ByteBuffer.allocate(content.length);
    boolean there = cache.read(digest, content.length, 0, target, verify);
    assertThat(target.array()).isEqualTo(there ? content : new byte[content.length]);
    return there;
  }

  private Path file(Digest digest) {
    return folder.resolve("chunks").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.toList();
    }
  }

  private ChunkCache open(long limit) throws IOException {
    return ChunkCache.open(folder, limit, clock, log);
  }
}
