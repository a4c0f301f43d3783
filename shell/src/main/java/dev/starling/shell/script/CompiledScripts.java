package dev.starling.shell.script;

import dev.starling.shell.script.ScriptCompiler.Compiled;
import groovy.lang.GroovyClassLoader;
import groovy.lang.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compiled scripts in a folder, since compiling takes longer than most of what a short script does.
 * A script's jar is named by the digest of its text and of what compiles it, so a changed script is
 * another one; those used longest ago make room. One that cannot be read or written is left out
 * without a word: the script is compiled then. Safe for any number of threads and processes.
 *
 * @param folder made when needed; only the user may write to it, since it holds code
 */
public record CompiledScripts(Path folder) {

  /** How many are kept. */
  static final int MOST = 64;

  private static final String SUFFIX = ".jar";
  private static final String UNFINISHED = ".tmp";

  /** Longer than one is written: a file that is older was left by a process that was killed. */
  private static final Duration WRITING = Duration.ofMinutes(10);

  private static final int MAX_CLASS_BYTES = 1 << 20;
  private static final int MAX_CLASSES = 1000;

  /**
   * The class to be run of a text that was kept.
   *
   * @param name the file's name, which its messages show
   * @param parent what the text may name
   * @return null if it is not there
   */
  @Nullable Class<?> find(String text, String name, ClassLoader parent) {
    Path file = file(text, name);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      Map<String, byte[]> code = read(file);
      Class<?> type = new KeptClasses(parent, code).findClass(code.keySet().iterator().next());
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return type;
    } catch (IOException | ClassNotFoundException | LinkageError | RuntimeException e) {
      return null; // torn
    }
  }

  /** Keeps a compiled text. */
  void keep(String text, String name, Compiled compiled) {
    try {
      Files.createDirectories(folder);
      Path made = Files.createTempFile(folder, "new-", UNFINISHED);
      try {
        write(made, compiled);
        Files.move(made, file(text, name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(made);
      }
      makeRoom();
    } catch (IOException e) {
      // It is compiled anew the next time.
    }
  }

  private Path file(String text, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(made(CompiledScripts.class), made(Script.class), name, text)) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return folder.resolve(HexFormat.of().formatHex(digest.digest()) + SUFFIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a class's module lies and when it was made: another build compiles anew. */
  private static String made(Class<?> type) {
    return ModuleLayer.boot()
        .configuration()
        .findModule(String.valueOf(type.getModule().getName()))
        .flatMap(module -> module.reference().location())
        .map(location -> location + " " + Path.of(location).toFile().lastModified())
        .orElse("");
  }

  private static Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> code = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readNBytes(MAX_CLASS_BYTES + 1);
        if (bytes.length > MAX_CLASS_BYTES || code.size() == MAX_CLASSES) {
          throw new IOException(file + " is larger than a script can be");
        }
        code.put(entry.getName(), bytes);
      }
    }
    if (code.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return code;
  }

  /** The class to be run comes first. */
  private static void write(Path file, Compiled compiled) throws IOException {
    String first = compiled.type().getName();
    LinkedHashMap<String, byte[]> code = new LinkedHashMap<>(compiled.code());
    code.putFirst(first, code.get(first));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> each : code.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
  }

  private void makeRoom() throws IOException {
    long past = System.currentTimeMillis() - WRITING.toMillis();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> latestFirst =
          files
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      int kept = 0;
      for (Path file : latestFirst) {
        boolean left = file.toString().endsWith(UNFINISHED) && file.toFile().lastModified() < past;
        if (left || (file.toString().endsWith(SUFFIX) && ++kept > MOST)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Gives the kept classes, as the loader of a text that is compiled gives its own. */
  private static final class KeptClasses extends GroovyClassLoader {

    private final Map<String, byte[]> code;

    KeptClasses(ClassLoader parent, Map<String, byte[]> code) {
      super(parent);
      this.code = code;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = code.get(name);
      return bytes == null ? super.findClass(name) : defineClass(name, bytes);
    }
  }
}
