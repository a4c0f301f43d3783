package dev.starling.shell.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  /** Where the plugin was found, which is what messages call it. */
  private final Path file;

  private final Path path;
  private final boolean jar;
  private final Function<String, @Nullable String> descriptor;

  private PluginDescriptors(
      Path file, Path path, boolean jar, Function<String, @Nullable String> descriptor) {
    this.file = file;
    this.path = path;
    this.jar = jar;
    this.descriptor = descriptor;
  }

  /**
   * Reads a folder's or a jar's descriptor.
   *
   * @param file where the plugin was found, for messages too
   * @param path the folder or jar; another than {@code file} for an unpacked zip
   * @throws PluginException if it is no plugin or a broken one
   */
  static PluginCandidate read(Path file, Path path) throws PluginException {
    return Files.isDirectory(path) ? readFolder(file, path) : readJar(file, path);
  }

  private static PluginCandidate readFolder(Path file, Path folder) throws PluginException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve("plugin.properties"))) {
      properties.load(new ByteArrayInputStream(in.readNBytes(MAX_BYTES)));
    } catch (NoSuchFileException e) {
      throw new PluginException("plugin " + file + ": it has no plugin.properties at its top", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + file + ": cannot read plugin.properties: " + e, e);
    }
    return new PluginDescriptors(file, folder, false, properties::getProperty).candidate();
  }

  private static PluginCandidate readJar(Path file, Path jar) throws PluginException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      Manifest manifest = opened.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return new PluginDescriptors(file, jar, true, attributes::getValue).candidate();
    } catch (ZipException e) {
      throw new PluginException("plugin " + file + ": the jar is corrupt: " + e.getMessage(), e);
    } catch (PluginException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private PluginCandidate candidate() throws PluginException {
    String id = required("plugin.id");
    String version = required("plugin.version");
    if (!id.matches(NAME)) {
      throw bad("its id '" + id + "' is not letters, digits, '.', '_' and '-'");
    }
    if (!PluginVersions.isVersion(version)) {
      throw bad("its version '" + version + "' is not of the form 1.2.3");
    }
    String leftovers = value("starling.leftovers");
    if (leftovers != null && !leftovers.matches(NAME)) {
      throw bad(key("starling.leftovers") + " '" + leftovers + "' is not a folder's name");
    }
    String commands = value("starling.commands");
    return new PluginCandidate(
        file,
        path,
        id,
        version,
        value("plugin.provider"),
        value("plugin.description"),
        value("plugin.requires"),
        dependencies(),
        commands == null ? null : list(commands).collect(Collectors.toUnmodifiableSet()),
        Boolean.parseBoolean(value("starling.native")),
        leftovers);
  }

  private List<String> dependencies() {
    String dependencies = value("plugin.dependencies");
    return dependencies == null
        ? List.of()
        : list(dependencies)
            .map(text -> text.substring(0, (text + "@").indexOf('@')))
            .filter(name -> !name.endsWith("?"))
            .toList();
  }

  private String required(String key) throws PluginException {
    String value = value(key);
    if (value == null) {
      throw bad((jar ? "its manifest" : "plugin.properties") + " has no " + key(key));
    }
    return value;
  }

  /** A value without the blanks around it; null if there is none or nothing else. */
  private @Nullable String value(String key) {
    String value = descriptor.apply(key(key));
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** {@code plugin.id} is {@code Plugin-Id} in a manifest. */
  private String key(String property) {
    return jar
        ? Arrays.stream(property.split("\\.", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining("-"))
        : property;
  }

  private PluginException bad(String what) {
    return new PluginException("plugin " + file + ": " + what);
  }

  private static Stream<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }
}
