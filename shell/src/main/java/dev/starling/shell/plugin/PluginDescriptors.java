package dev.starling.shell.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the descriptors of plugins. */
final class PluginDescriptors {

  private static final int MAX_BYTES = 64 * 1024;

  private PluginDescriptors() {}

  /**
   * Reads a folder's or a jar's descriptor.
   *
   * @throws PluginException if it is no plugin or a broken one
   */
  static PluginCandidate read(Path path) throws PluginException {
    return Files.isDirectory(path) ? readFolder(path) : readJar(path);
  }

  private static PluginCandidate readFolder(Path folder) throws PluginException {
    Path file = folder.resolve("plugin.properties");
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      properties.load(new java.io.ByteArrayInputStream(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + folder + ": cannot read plugin.properties: " + e, e);
    }
    return candidate(
        folder,
        "plugin.properties has no ",
        new Keys(
            "plugin.id",
            "plugin.version",
            "plugin.dependencies",
            "starling.commands",
            "starling.native",
            "starling.leftovers"),
        properties::getProperty);
  }

  private static PluginCandidate readJar(Path jar) throws PluginException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return candidate(
          jar,
          "its manifest has no ",
          new Keys(
              "Plugin-Id",
              "Plugin-Version",
              "Plugin-Dependencies",
              "Starling-Commands",
              "Starling-Native",
              "Starling-Leftovers"),
          attributes::getValue);
    } catch (ZipException e) {
      throw new PluginException("plugin " + jar + ": the jar is corrupt: " + e.getMessage(), e);
    } catch (PluginException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + jar + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The descriptor's words for what a plugin says of itself. */
  private record Keys(
      String id,
      String version,
      String dependencies,
      String commands,
      String nativeAccess,
      String leftovers) {}

  private static PluginCandidate candidate(
      Path path, String lacks, Keys keys, Function<String, @Nullable String> descriptor)
      throws PluginException {
    String id = required(path, lacks, keys.id(), descriptor);
    String version = required(path, lacks, keys.version(), descriptor);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
      throw new PluginException(
          "plugin " + path + ": its id '" + id + "' is not letters, digits, '.', '_' and '-'");
    }
    String leftovers = descriptor.apply(keys.leftovers());
    if (leftovers != null && !leftovers.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
      throw new PluginException(
          "plugin "
              + path
              + ": "
              + keys.leftovers()
              + " '"
              + leftovers
              + "' is not a folder's name");
    }
    String dependencies = descriptor.apply(keys.dependencies());
    String commands = descriptor.apply(keys.commands());
    return new PluginCandidate(
        path,
        id,
        version,
        list(dependencies)
            .map(text -> text.substring(0, (text + "@").indexOf('@')))
            .filter(name -> !name.endsWith("?"))
            .toList(),
        commands == null ? null : list(commands).collect(Collectors.toUnmodifiableSet()),
        Boolean.parseBoolean(descriptor.apply(keys.nativeAccess())),
        leftovers);
  }

  private static String required(
      Path path, String lacks, String key, Function<String, @Nullable String> descriptor)
      throws PluginException {
    String value = descriptor.apply(key);
    if (value == null || value.isBlank()) {
      throw new PluginException("plugin " + path + ": " + lacks + key);
    }
    return value.strip();
  }

  private static Stream<String> list(@Nullable String text) {
    return text == null
        ? Stream.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }
}
