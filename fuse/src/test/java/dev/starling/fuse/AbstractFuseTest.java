package dev.starling.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A mount of {@link MemoryFiles} by the server under test, for contracts that look at it. */
abstract class AbstractFuseTest {
  @TempDir Path folder;
  final MemoryFiles files = new MemoryFiles();
  final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  Path at = Path.of("/");
  final List<Mount> mounts = new ArrayList<>();

  /** The server under test. */
  abstract FuseServer server() throws IOException;

  @BeforeEach
  void machine() {
    Needs.fuse();
  }

  @AfterEach
  void unmount() throws IOException {
    for (Mount mount : mounts) {
      mount.close();
    }
  }

  MountOptions options() {
    return MountOptions.defaults("stargz", "rawBridge")
        .withFailures((operation, path, cause) -> failures.add(operation + " " + path));
  }

  Mount mount() throws IOException {
    at = Files.createTempDirectory(folder, "mnt");
    Mount mount = server().mount(files, at, options());
    mounts.add(mount);
    return mount;
  }

  static Map<String, Object> stat(Path path) throws IOException {
    return Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Set<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
