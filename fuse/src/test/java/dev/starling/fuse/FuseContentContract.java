package dev.starling.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every server must give of files, and say when it cannot, seen through a real mount. */
abstract class FuseContentContract extends AbstractFuseTest {

  @Test
  void readsAtOddOffsetsGiveTheBytesThere() throws IOException {
    byte[] bytes = random(1_000_003, 1);
    files.file("f", bytes);
    mount();
    Random random = new Random(2);
    try (RandomAccessFile file = new RandomAccessFile(at.resolve("f").toFile(), "r")) {
      for (int i = 0; i < 500; i++) {
        int from = random.nextInt(bytes.length);
        byte[] part = new byte[Math.min(1 + random.nextInt(200_000), bytes.length - from)];
        file.seek(from);
        file.readFully(part);
        assertThat(Arrays.equals(part, Arrays.copyOfRange(bytes, from, from + part.length)))
            .as("%d bytes at %d", part.length, from)
            .isTrue();
      }
      file.seek(bytes.length);
      assertThat(file.read()).isEqualTo(-1);
      file.seek(bytes.length + 10_000L);
      assertThat(file.read(new byte[10])).isEqualTo(-1);
    }
    assertThat(Files.readAllBytes(at.resolve("f"))).isEqualTo(bytes);
  }

  @Test
  void filesLargerThanFourGigabytesAreReadAtAnyOffset() throws IOException {
    long size = (1L << 42) + 12_345;
    files.file(
        "f",
        size,
        (offset, target) -> {
          for (long at = offset; target.hasRemaining(); at++) {
            target.put((byte) (at ^ (at >> 8) ^ (at >> 16) ^ (at >> 24) ^ (at >> 32)));
          }
        });
    mount();
    assertThat(Files.size(at.resolve("f"))).isEqualTo(size);
    try (FileChannel channel = FileChannel.open(at.resolve("f"))) {
      for (long offset : new long[] {0, (1L << 32) - 1, (1L << 32) + 77, size - 5}) {
        ByteBuffer buffer = ByteBuffer.allocate(5);
        assertThat(channel.read(buffer, offset)).isEqualTo(5);
        for (long i = offset; i < offset + 5; i++) {
          assertThat(buffer.get((int) (i - offset)))
              .isEqualTo((byte) (i ^ (i >> 8) ^ (i >> 16) ^ (i >> 24) ^ (i >> 32)));
        }
      }
    }
  }

  @Test
  void extendedAttributesKeepTheKernelsRules() throws Throwable {
    MemoryFiles.Node file = files.file("f", new byte[1]);
    file.extended().put("user.a", "value".getBytes(StandardCharsets.UTF_8));
    file.extended().put("user.empty", new byte[0]);
    file.extended().put("user.big", random(65_536, 3));
    // vfs_cap_data, revision 2: cap_net_raw, permitted and effective.
    byte[] capability = HexFormat.of().parseHex("0100000200200000000000000000000000000000");
    file.extended().put("security.capability", capability);
    files.directory("d").extended().put("trusted.overlay.opaque", new byte[] {'y'});
    mount();
    Path path = at.resolve("f");
    byte[] value = new byte[100];
    assertThat(Kernel.getxattr(path, "user.a", new byte[0])).isEqualTo(5);
    assertThat(Kernel.getxattr(path, "user.a", new byte[5])).isEqualTo(5);
    assertThat(Kernel.getxattr(path, "user.a", value)).isEqualTo(5);
    assertThat(value).startsWith("value".getBytes(StandardCharsets.UTF_8));
    assertThat(Kernel.getxattr(path, "user.a", new byte[4])).isEqualTo(-Kernel.ERANGE);
    assertThat(Kernel.getxattr(path, "user.empty", value)).isZero();
    assertThat(Kernel.getxattr(path, "user.none", value)).isEqualTo(-Kernel.ENODATA);
    byte[] big = new byte[65_536];
    assertThat(Kernel.getxattr(path, "user.big", big)).isEqualTo(65_536);
    assertThat(big).isEqualTo(random(65_536, 3));
    assertThat(Kernel.getxattr(path, "security.capability", value)).isEqualTo(20);
    assertThat(value).startsWith(capability);
    byte[] list = new byte[200];
    long length = Kernel.listxattr(path, list);
    assertThat(Kernel.listxattr(path, new byte[0])).isEqualTo(length);
    assertThat(new String(list, 0, (int) length, StandardCharsets.UTF_8).split("\0"))
        .containsExactlyInAnyOrder("security.capability", "user.a", "user.big", "user.empty");
    assertThat(Kernel.listxattr(path, new byte[3])).isEqualTo(-Kernel.ERANGE);
    assertThat(Kernel.listxattr(at, list)).isZero();
    if (Privilege.isRoot()) {
      assertThat(Kernel.getxattr(at.resolve("d"), "trusted.overlay.opaque", value)).isEqualTo(1);
      assertThat(value[0]).isEqualTo((byte) 'y');
    }
    assertThat(Kernel.getxattr(path, "user.fails", value)).isEqualTo(-Kernel.EIO);
    assertThat(failures).containsExactly("getxattr /f");
  }

  @Test
  void whatIsThrownBecomesAnInputOutputErrorAndNothingElse() throws IOException {
    List<Callable<Throwable>> causes =
        List.of(
            () -> new IOException("made to fail"),
            () -> new IllegalStateException("made to fail"),
            () -> new StackOverflowError("made to fail"),
            () -> new OutOfMemoryError("made to fail"));
    for (int i = 0; i < causes.size(); i++) {
      Callable<Throwable> cause = causes.get(i);
      files.file("throws" + i, 10_000, (offset, target) -> sneak(cause));
    }
    files.file("short", 10_000, (offset, target) -> target.put(new byte[10]));
    files.file("good", new byte[] {1, 2, 3});
    files.file("unlisted/list-fails", new byte[0]);
    mount();
    for (String name : List.of("throws0", "throws1", "throws2", "throws3", "short")) {
      assertInputOutputError(() -> Files.readAllBytes(at.resolve(name)));
      assertThat(failures.remove("read /" + name)).as(name).isTrue();
      assertThat(Files.readAllBytes(at.resolve("good"))).containsExactly(1, 2, 3);
      failures.clear();
    }
    assertInputOutputError(() -> stat(at.resolve("lookup-fails")));
    assertThat(failures).contains("lookup /lookup-fails");
    assertInputOutputError(() -> list(at.resolve("unlisted")));
    assertThat(failures).contains("readdir /unlisted");
    assertThat(list(at)).contains("good");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Callable<Throwable> cause) throws T {
    Throwable thrown;
    try {
      thrown = cause.call();
    } catch (Exception e) {
      thrown = e;
    }
    throw (T) thrown;
  }

  private static void assertInputOutputError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(thrown -> {
          Throwable root = thrown;
          while (root.getCause() != null) {
            root = root.getCause();
          }
          assertThat(root).isInstanceOf(IOException.class);
          assertThat(root.getMessage()).contains("Input/output error");
        });
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws IOException {
    files.file(
        "bad",
        10,
        (offset, target) -> {
          throw new IOException("made to fail");
        });
    at = Files.createTempDirectory(folder, "mnt");
    mounts.add(
        server()
            .mount(
                files,
                at,
                options()
                    .withFailures((operation, path, cause) -> {
                      throw new IllegalStateException("made to fail");
                    })));
    assertInputOutputError(() -> Files.readAllBytes(at.resolve("bad")));
    assertThat(list(at)).containsExactly("bad");
  }

  @Test
  void nothingCanBeChanged() throws Throwable {
    files.file("f", new byte[] {1});
    files.directory("d");
    mount();
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> changes =
        List.of(
            () -> Files.writeString(at.resolve("new"), "x"),
            () -> Files.writeString(at.resolve("f"), "x"),
            () -> Files.createDirectory(at.resolve("e")),
            () -> Files.delete(at.resolve("f")),
            () -> Files.delete(at.resolve("d")),
            () -> Files.move(at.resolve("f"), at.resolve("g")),
            () -> Files.createSymbolicLink(at.resolve("s"), Path.of("f")),
            () -> Files.createLink(at.resolve("h"), at.resolve("f")),
            () -> Files.setLastModifiedTime(at.resolve("f"), FileTime.fromMillis(0)),
            () -> Files.setAttribute(at.resolve("f"), "unix:mode", 0600));
    for (int i = 0; i < changes.size(); i++) {
      assertThatThrownBy(changes.get(i))
          .as("change %d", i)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Read-only file system");
    }
    assertThat(Kernel.removexattr(at.resolve("f"), "user.x")).isEqualTo(-Kernel.EROFS);
    assertThat(list(at)).containsExactly("d", "f");
  }

  @Test
  void manyReadersGetWhatTheyAskFor() throws Exception {
    int count = 40;
    for (int i = 0; i < count; i++) {
      files.file("dir" + i % 7 + "/f" + i, random(300_000 + i, i));
    }
    mount();
    try (ExecutorService readers = Executors.newFixedThreadPool(count)) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int reader = 0; reader < 3 * count; reader++) {
        int i = reader % count;
        results.add(
            readers.submit(() ->
                Arrays.equals(
                    Files.readAllBytes(at.resolve("dir" + i % 7 + "/f" + i)),
                    random(300_000 + i, i))));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void theSizeOfAllIsTold() throws IOException {
    mount();
    assertThat(Files.getFileStore(at).getTotalSpace()).isEqualTo(10L << 30);
    assertThat(Files.getFileStore(at).getUsableSpace()).isZero();
    assertThat(Files.getFileStore(at).getBlockSize()).isEqualTo(4096);
  }
}
