package dev.starling.api.estargz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The file that a native library was unpacked to. aircompressor has it deleted when the virtual
 * machine ends, which a killed one does not do; a library that is mapped needs its name no longer.
 */
final class ExtractedLibrary {

  private static final Path MAPS = Path.of("/proc/self/maps");

  private ExtractedLibrary() {}

  /**
   * Deletes the file of a loaded library, where the system tells which it is (Linux).
   *
   * @param name the library's name, which its temporary file begins with
   */
  static void deleteFile(String name) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try (Stream<String> lines = Files.lines(MAPS)) {
      lines
          .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
          .filter(path -> path.startsWith(folder + "/" + name) && path.endsWith(".tmp"))
          .distinct()
          .toList()
          .forEach(ExtractedLibrary::delete);
    } catch (IOException | RuntimeException e) {
      // No such table here: the file goes when the virtual machine ends.
    }
  }

  private static void delete(String path) {
    try {
      Files.deleteIfExists(Path.of(path));
    } catch (IOException e) {
      // It goes when the virtual machine ends.
    }
  }
}
