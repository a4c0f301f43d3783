package dev.starling.shell.plugin;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/** A plugin whose jars cannot be modules. Its own classes go first, but for those of the SPI. */
final class PluginClassPath extends URLClassLoader {

  private static final List<String> SHARED =
      List.of("java.", "javax.", "dev.starling.api.", "picocli.", "org.pf4j.", "org.slf4j.");

  PluginClassPath(String id, List<Path> jars, @Nullable ClassLoader parent) {
    super("plugin-" + id, jars.stream().map(PluginClassPath::url).toArray(URL[]::new), parent);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new PluginRuntimeException(e, "its jar " + jar + " has no URL");
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      if (SHARED.stream().noneMatch(name::startsWith)) {
        try {
          return findClass(name);
        } catch (ClassNotFoundException e) {
          // then the host may have it
        }
      }
      return super.loadClass(name, resolve);
    }
  }
}
