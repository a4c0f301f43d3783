package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred threads read through one mount while the rest is fetched: all bytes are right, and
 * the daemon neither keeps descriptors nor grows. {@code -Dstarling.readers.seconds=60} reads for a
 * minute.
 */
class ManyReadersTest {
  private static final int THREADS = 500;

  /** Resident KiB, with a thread of the daemon's for many of the readers. */
  private static final long MOST = 220_000;

  private static final NoiseImage IMAGE = new NoiseImage(3, 90, 1 << 20);
  private static final int CHUNK = 128 << 10;
  private static final int BLOCK = DirectReads.BLOCK;
  private static final int LONGEST = 16 * BLOCK;
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("starling.readers.seconds", 15));

  /** What the kernel says of the daemon. */
  private record Sample(int descriptors, long resident, int threads) {}

  @TempDir Path temporary;
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final LongAdder reads = new LongAdder();
  private volatile boolean ended;

  @Test
  void readRightAndLeakNothing() throws Exception {
    try (LazyLab lab = LazyLab.open(temporary, IMAGE, CHUNK)) {
      Path root = lab.mount();
      long pid = lab.daemon();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        // Half of them past the kernel's cache, so that the daemon is asked to the end.
        boolean direct = i % 2 == 0;
        readers.add(
            Thread.ofPlatform().name("reader-" + i).start(() -> read(root, random, direct)));
      }
      List<Sample> samples = watch(lab, pid);
      for (Thread reader : readers) {
        reader.join();
      }

      assertThat(wrong).isEmpty();
      assertThat(reads.sum()).isGreaterThan(THREADS);
      assertThat(lab.log()).doesNotContain("WARNING", "Exception");
      Sample last = sample(pid);
      samples.add(last);
      report(samples);
      int third = samples.size() / 3;
      assertThat((long) last.descriptors())
          .as("descriptors at the end")
          .isLessThan(most(samples.subList(0, third), Sample::descriptors) + 40);
      assertThat(most(samples, Sample::resident)).as("resident KiB").isLessThan(MOST);
    }
  }

  /** Looks at the daemon twice a second, and empties its cache now and then. */
  private List<Sample> watch(LazyLab lab, long pid) throws Exception {
    List<Sample> samples = new ArrayList<>();
    try {
      long end = System.nanoTime() + LENGTH.toNanos();
      for (int i = 1; System.nanoTime() < end && wrong.isEmpty(); i++) {
        Thread.sleep(500);
        samples.add(sample(pid));
        if (i % 10 == 0) {
          lab.starling().run("cache", "prune").succeeded();
        }
      }
    } finally {
      ended = true;
    }
    return samples;
  }

  private static long most(List<Sample> samples, ToLongFunction<Sample> what) {
    return samples.stream().mapToLong(what).max().orElseThrow();
  }

  private void report(List<Sample> samples) {
    int step = Math.max(1, samples.size() / 12);
    for (int i = 0; i < samples.size(); i += step) {
      System.out.println("after " + (i + 1) / 2.0 + " s: " + samples.get(i));
    }
    System.out.println("end: " + samples.getLast() + ", " + reads.sum() + " reads");
  }

  private static Sample sample(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      List<String> status = Files.readAllLines(process.resolve("status"));
      return new Sample(
          (int) descriptors.count(), field(status, "VmRSS:"), (int) field(status, "Threads:"));
    }
  }

  private static long field(List<String> status, String name) {
    String line = status.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
    return Long.parseLong(line.substring(name.length()).strip().split(" ", -1)[0]);
  }

  private void read(Path root, Random random, boolean direct) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(LONGEST + BLOCK).alignedSlice(BLOCK).limit(LONGEST).slice();
    while (!ended && wrong.isEmpty()) {
      int file = random.nextInt(IMAGE.files());
      Path path = root.resolve(NoiseImage.name(file));
      try (FileChannel channel = direct ? DirectReads.open(path) : FileChannel.open(path)) {
        for (int i = 0; i < 5 && !ended; i++) {
          long offset = (long) random.nextInt(IMAGE.size() / BLOCK) * BLOCK;
          int expected = (int) Math.min(LONGEST, IMAGE.size() - offset);
          int length = channel.read(buffer.clear(), offset);
          if (length != expected || !NoiseImage.isRight(file, offset, buffer.flip())) {
            wrong.add("file " + file + " at " + offset + ": " + length + " bytes, not all right");
          }
          reads.increment();
        }
      } catch (IOException | RuntimeException e) {
        wrong.add("file " + file + ": " + e);
      }
    }
  }
}
