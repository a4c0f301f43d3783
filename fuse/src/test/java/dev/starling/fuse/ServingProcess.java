package dev.starling.fuse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java process of its own that mounts a small file system, says so, and unmounts when its input
 * ends: what a test can kill, or start as somebody else.
 */
final class ServingProcess {
  static final String MOUNTED = "mounted";

  private ServingProcess() {}

  /** Where the classes are that such a process needs. */
  static List<Path> classPath() {
    String all =
        String.join(
            File.pathSeparator,
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path"),
            "target/test-classes");
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .distinct()
        .toList();
  }

  /** The command line that serves on a directory. */
  static List<String> command(List<Path> classPath, Path directory) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            ServingProcess.class.getName(),
            directory.toString()));
  }

  /** Mounts on the directory of the first argument. */
  static void main(String[] arguments) throws IOException {
    MemoryFiles files = new MemoryFiles();
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    MemoryFiles.Node file = files.file("f", content);
    // Root's alone: an ordinary user who mounts it may read it all the same.
    files.add("f", file.withPermissions(0600));
    MountOptions options = MountOptions.defaults("stargz", "rawBridge").withChecked(true);
    try (Mount mount = FuseServer.libfuse().mount(files, Path.of(arguments[0]), options)) {
      System.out.println(MOUNTED + " on " + mount.directory());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
