package dev.starling.shell.plugin;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Compiles plugins for tests. */
final class PluginJars {

  /** Names the service in {@link #plain}. */
  static final String SERVICE = "-";

  private final Path work;

  PluginJars(Path work) {
    this.work = work;
  }

  /** The source of a module whose one command prints a word. */
  static String command(String module, String command, String word) {
    return
"""
    package %1$s;
    import dev.starling.api.command.*;
    import java.io.PrintWriter;
    import java.util.List;
import java.util.Map;
import java.util.TreeMap;
    import picocli.CommandLine.Command;
    public final class Provider implements CommandProvider {
      public record Said(String word) implements CommandResult {
        public void writeText(PrintWriter out) { out.println(word); }
      }
      @Command(name = "%2$s", description = "Says %3$s.")
      public static final class Say implements StarlingCommand<Said> {
        public Said run(CommandContext context) { return new Said("%3$s"); }
      }
      public List<CommandDefinition<?>> commands() {
        return List.of(new CommandDefinition<>(Said.class, Say.class, Say::new));
      }
    }
"""
        .formatted(module, command, word);
  }

  /** A descriptor of a module like that. */
  static String module(String module, String more) {
    return """
    module %1$s {
      requires dev.starling.api;
      exports %1$s;
      opens %1$s to info.picocli;
      provides dev.starling.api.command.CommandProvider with %1$s.Provider;
      %2$s
    }
    """
        .formatted(module, more);
  }

  /** Compiles the sources into a jar. */
  void jar(Path jar, String module, String source, String descriptor, Path... modulePath)
      throws IOException {
    Path sources = Files.createDirectories(work.resolve(module + "-src"));
    Path classes = Files.createDirectories(work.resolve(module + "-classes"));
    Path provider = Files.createDirectories(sources.resolve(module)).resolve("Provider.java");
    Files.writeString(provider, source);
    Path info = Files.writeString(sources.resolve("module-info.java"), descriptor);
    String path =
        String.join(
            ":",
            Stream.concat(
                    Stream.of("jdk.module.path", "java.class.path")
                        .map(property -> System.getProperty(property, "")),
                    Stream.of(modulePath).map(Path::toString))
                .filter(entry -> !entry.isEmpty())
                .toList());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", classes.toString(), "-p", path));
    arguments.addAll(List.of(provider.toString(), info.toString()));
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(out, out, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(messages);
    }
    pack(classes, jar);
  }

  /**
   * Compiles a plugin of one jar without module-info whose one command prints a word.
   *
   * @param more further lines of its manifest; {@link #SERVICE} takes the place of its provider,
   *     with an empty value it has none
   */
  void plain(Path jar, String id, String word, Map<String, String> more) throws IOException {
    jar(jar, id, command(id, "say-" + id, word), module(id, ""));
    Path classes = work.resolve(id + "-classes");
    Files.delete(classes.resolve("module-info.class"));
    Map<String, String> lines = new TreeMap<>(Map.of("Plugin-Id", id, "Plugin-Version", "1.0.0"));
    lines.putAll(more);
    String provider = lines.remove(SERVICE);
    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
    lines.forEach((key, value) -> manifest.append(key + ": " + value + "\n"));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(classes.resolve("META-INF/MANIFEST.MF"), manifest);
    Path service = services.resolve("dev.starling.api.command.CommandProvider");
    Files.writeString(service, provider == null ? id + ".Provider" : provider);
    if (provider != null && provider.isEmpty()) {
      Files.delete(service);
    }
    pack(classes, jar);
  }

  /** Changes the class file version of a class in a jar. */
  static void ofClassVersion(Path jar, String name, int version) throws IOException {
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      byte[] bytes = Files.readAllBytes(inside.getPath(name));
      bytes[7] = (byte) version;
      Files.write(inside.getPath(name), bytes);
    }
  }

  /** Packs a folder into a jar or zip. */
  static void pack(Path folder, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  /** Writes a plugin's folder with its descriptor and one module. */
  Path plugin(Path plugins, String id, String properties, String word) throws IOException {
    Path folder = plugins.resolve(id);
    jar(folder.resolve("lib/" + id + ".jar"), id, command(id, "say-" + id, word), module(id, ""));
    properties(folder, id, properties);
    return folder;
  }

  static void properties(Path folder, String id, String more) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("plugin.properties"),
        "plugin.id=" + id + "\nplugin.version=1.0.0\n" + more + "\n");
  }
}
