package dev.starling.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which files every server must show, and as what, seen through a real mount. */
abstract class FuseTreeContract extends AbstractFuseTest {

  @Test
  void everyTypeModeOwnerTimeAndDeviceIsAsGiven() throws IOException {
    Instant time = Instant.ofEpochSecond(987_654_321L, 987_654_321);
    for (NodeType type : NodeType.values()) {
      for (int permissions : new int[] {0, 0644, 06755, 01777}) {
        boolean device = type == NodeType.BLOCK_DEVICE || type == NodeType.CHARACTER_DEVICE;
        Attributes given =
            new Attributes(
                type,
                files.attributes(type, 0).inode(),
                permissions,
                3,
                70_000,
                4_000_000_000L,
                device ? 4095 : 0,
                device ? 0xABCDE : 0,
                17,
                time);
        files.add(type + "-" + permissions, files.node(given));
      }
    }
    mount();
    for (NodeType type : NodeType.values()) {
      for (int permissions : new int[] {0, 0644, 06755, 01777}) {
        Map<String, Object> stat = stat(at.resolve(type + "-" + permissions));
        assertThat(stat)
            .as("%s %o", type, permissions)
            .containsEntry("mode", type.modeBits() | permissions)
            .containsEntry("nlink", 3)
            .containsEntry("uid", 70_000)
            .containsEntry("gid", (int) 4_000_000_000L)
            .containsEntry("size", 17L)
            .containsEntry("lastModifiedTime", FileTime.from(time));
        boolean device = type == NodeType.BLOCK_DEVICE || type == NodeType.CHARACTER_DEVICE;
        assertThat(stat).containsEntry("rdev", device ? device(4095, 0xABCDE) : 0L);
      }
    }
  }

  /** glibc's makedev, for a major of 12 bits. */
  private static long device(int major, int minor) {
    return (minor & 0xFFL) | ((long) major << 8) | ((minor & 0xFFF00L) << 12);
  }

  @Test
  void timesBeforeTheEpochAndFarAheadAreKept() throws IOException {
    List<Instant> times =
        List.of(Instant.ofEpochSecond(-1, 1), Instant.EPOCH, Instant.ofEpochSecond(1L << 33, 5));
    for (int i = 0; i < times.size(); i++) {
      Attributes like = files.attributes(NodeType.REGULAR, 0);
      files.add(
          "f" + i,
          files.node(
              new Attributes(
                  NodeType.REGULAR, like.inode(), 0644, 1, 0, 0, 0, 0, 0, times.get(i))));
    }
    mount();
    for (int i = 0; i < times.size(); i++) {
      assertThat(Files.getLastModifiedTime(at.resolve("f" + i)).toInstant())
          .isEqualTo(times.get(i));
    }
  }

  @Test
  void hardLinksAreOneFile() throws IOException {
    MemoryFiles.Node file = files.file("a", "same".getBytes(StandardCharsets.UTF_8));
    files.add("dir/b", file);
    mount();
    assertThat(stat(at.resolve("a")).get("ino")).isEqualTo(stat(at.resolve("dir/b")).get("ino"));
    assertThat(stat(at.resolve("a"))).containsEntry("ino", file.attributes().inode());
    assertThat(Files.readString(at.resolve("dir/b"))).isEqualTo("same");
  }

  @Test
  void linksKeepTheirTargets() throws IOException {
    List<String> targets =
        List.of(
            "x", "/abs/olute", "../..", "a b\tc", "d\u00e4mlich/\u65e5\u672c", "y".repeat(4000));
    for (int i = 0; i < targets.size(); i++) {
      files.link("l" + i, targets.get(i));
    }
    mount();
    for (int i = 0; i < targets.size(); i++) {
      assertThat(Files.readSymbolicLink(at.resolve("l" + i))).hasToString(targets.get(i));
    }
  }

  @Test
  void namesOfEveryKindAreFoundAndListed() throws IOException {
    Set<String> names =
        new TreeSet<>(
            List.of(
                "a",
                " ",
                "a b",
                "-",
                "...",
                "..a",
                "\t\n",
                "\u00e4\u65e5\ud83d\ude00",
                "\\",
                "*",
                "n".repeat(255),
                "\u00fc".repeat(127)));
    for (String name : names) {
      files.file(name, name.getBytes(StandardCharsets.UTF_8));
    }
    mount();
    assertThat(list(at)).isEqualTo(names);
    for (String name : names) {
      assertThat(Files.readString(at.resolve(name))).isEqualTo(name);
    }
    assertThatThrownBy(() -> stat(at.resolve("n".repeat(254))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void namesThatAreNoUtf8AreKeptByteForByte() throws Exception {
    files.file("d/odd-\udcff\udcc3(\u00e4", "found".getBytes(StandardCharsets.UTF_8));
    files.link("d/link", "\udc80\ud83d\ude00\udcf0");
    mount();
    String name = "odd-\u00ff\u00c3(\u00c3\u00a4"; // each character a byte
    assertThat(shell("cd \"$1/d\" && ls -f")).contains("\n" + name + "\n");
    assertThat(shell("cat \"$1\"/d/odd-*")).isEqualTo("found");
    assertThat(shell("stat -c %i \"$1\"/d/odd-*")).isNotEmpty();
    assertThat(shell("readlink -n \"$1/d/link\""))
        .isEqualTo("\u0080\u00f0\u009f\u0098\u0080\u00f0");
  }

  /** What a shell line prints, each byte a character; its first argument is the mount. */
  private String shell(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", line, "sh", at.toString()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    return said;
  }

  @Test
  void deepPathsAreFound() throws IOException {
    String path = "d/".repeat(1000) + "f";
    files.file(path, new byte[] {7});
    files.file("d/d/g", new byte[] {8});
    mount();
    assertThat(Files.readAllBytes(at.resolve(path))).containsExactly(7);
    assertThat(Files.readAllBytes(at.resolve("d/d/g"))).containsExactly(8);
    assertThat(list(at.resolve("d/d"))).containsExactly("d", "g");
  }

  @Test
  void aDirectoryOfManyFilesIsListedWhole() throws IOException {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      String name = "a rather long name of a file " + i;
      names.add(name);
      files.file("big/" + name, new byte[0]);
    }
    files.directory("empty");
    mount();
    assertThat(list(at.resolve("big"))).isEqualTo(names);
    assertThat(list(at.resolve("empty"))).isEmpty();
  }

  @Test
  void aDirectoryIsListedOnce() throws IOException {
    files.file("d/one", new byte[0]);
    files.file("d/two", new byte[0]);
    mount();
    assertThat(list(at.resolve("d"))).containsExactly("one", "two");
    int before = files.listings();
    assertThat(list(at.resolve("d"))).containsExactly("one", "two");
    assertThat(files.listings()).as("the kernel has kept it").isEqualTo(before);
  }
}
