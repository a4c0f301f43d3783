package dev.starling.shell.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of this machine with the libraries they load, so that a container can run them. */
final class LocalPrograms {

  private static final List<Path> PROGRAMS = List.of(Path.of("/bin/sh"), Path.of("/bin/cat"));
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final int MAX_LINKS = 10;
  private static final int MAX_OUTPUT = 1 << 16;

  private LocalPrograms() {}

  /** A sample of their files; empty where {@code ldd} cannot tell the libraries. */
  static FileSample sample() throws IOException, InterruptedException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path program : PROGRAMS) {
      List<Path> libraries = libraries(program);
      if (libraries.isEmpty()) {
        return new FileSample(Path.of("/bin"), List.of(), 0);
      }
      addWithTargets(program, files);
      for (Path library : libraries) {
        addWithTargets(library, files);
      }
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new FileSample(Path.of("/bin"), new ArrayList<>(files), bytes);
  }

  private static List<Path> libraries(Path program) throws IOException, InterruptedException {
    if (!Files.isExecutable(program) || !Files.isExecutable(Path.of("/usr/bin/ldd"))) {
      return List.of();
    }
    Process process =
        new ProcessBuilder("/usr/bin/ldd", program.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text =
        new String(process.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
    process.waitFor();
    List<Path> libraries = new ArrayList<>();
    Matcher matcher = LIBRARY.matcher(text);
    while (matcher.find()) {
      libraries.add(Path.of(matcher.group(1)));
    }
    return libraries;
  }

  /** A symbolic link is nothing without what it leads to. */
  private static void addWithTargets(Path file, Set<Path> files) throws IOException {
    Path at = file;
    files.add(at);
    for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(at); links++) {
      at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
      files.add(at);
    }
  }
}
