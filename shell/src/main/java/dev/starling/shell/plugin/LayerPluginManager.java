package dev.starling.shell.plugin;

import dev.starling.shell.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.PropertiesPluginDescriptorFinder;

/**
 * pf4j over module layers. pf4j keeps the life cycle and checks versions; which plugins are loaded,
 * and from where, is {@link PluginHost}'s choice. Guarded by it; not thread-safe.
 */
final class LayerPluginManager extends DefaultPluginManager {

  private final Map<Path, PluginCandidate> candidates = new ConcurrentHashMap<>();

  /**
   * @param anywhere pf4j wants a folder, and looks into none
   */
  LayerPluginManager(Path anywhere) {
    super(List.of(anywhere));
    setSystemVersion(Version.CURRENT);
    setExactVersionAllowed(true);
    setResolveRecoveryStrategy(ResolveRecoveryStrategy.IGNORE_PLUGIN_AND_CONTINUE);
  }

  /**
   * Loads and starts one plugin; those that it depends on are started already.
   *
   * @throws PluginException if it cannot be used; nothing of it stays loaded then
   */
  PluginLayer start(PluginCandidate candidate) throws PluginException {
    candidates.put(candidate.path(), candidate);
    try {
      PluginWrapper wrapper = loadPluginFromPath(candidate.path());
      if (wrapper == null) {
        throw new PluginRuntimeException("it has no descriptor");
      }
      resolvePlugins();
      return started(candidate, wrapper);
    } catch (RuntimeException | LinkageError e) {
      forget(candidate.id());
      throw new PluginException("plugin " + candidate.id() + ": " + reason(e), e);
    }
  }

  private PluginLayer started(PluginCandidate candidate, PluginWrapper wrapper) {
    if (getUnresolvedPlugins().contains(wrapper)) {
      throw new PluginRuntimeException(
          "a plugin it depends on has another version: "
              + wrapper.getDescriptor().getDependencies());
    }
    PluginLayer layer = (PluginLayer) wrapper.getPluginClassLoader();
    layer.link();
    if (startPlugin(candidate.id()) != PluginState.STARTED) {
      throw new PluginRuntimeException(String.valueOf(wrapper.getFailedException()));
    }
    return layer;
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    boolean ours = failure instanceof PluginRuntimeException;
    return ours && message != null ? message : failure.toString();
  }

  private void forget(String id) {
    try {
      unloadPlugin(id, false);
    } catch (RuntimeException e) {
      plugins.remove(id);
      getPluginClassLoaders().remove(id);
    }
  }

  /** Stops and unloads a plugin and closes its jars. Those that depend on it must be gone. */
  void unload(String id) {
    unloadPlugin(id, false);
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new CompoundPluginDescriptorFinder()
        .add(new PropertiesPluginDescriptorFinder())
        .add(new ManifestPluginDescriptorFinder());
  }

  /** pf4j looks nowhere by itself. */
  @Override
  protected PluginRepository createPluginRepository() {
    return new PluginRepository() {
      @Override
      public List<Path> getPluginPaths() {
        return List.of();
      }

      @Override
      public boolean deletePluginPath(Path path) {
        return false;
      }
    };
  }

  /** Disabled plugins do not get here. */
  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String id) {
        return false;
      }

      @Override
      public void disablePlugin(String id) {}

      @Override
      public void enablePlugin(String id) {}
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return candidates.containsKey(path);
      }

      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        PluginCandidate candidate = candidates.get(path);
        if (candidate == null) {
          throw new PluginRuntimeException("it was not asked for");
        }
        return new PluginLayer(candidate, jars(path), () -> parents(candidate));
      }
    };
  }

  private static List<Path> jars(Path plugin) {
    if (!Files.isDirectory(plugin)) {
      return List.of(plugin);
    }
    try (Stream<Path> files = Files.list(plugin.resolve("lib"))) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (!jars.isEmpty()) {
        return jars;
      }
    } catch (IOException e) {
      // told below
    }
    throw new PluginRuntimeException("it has no lib/*.jar");
  }

  private List<PluginLayer> parents(PluginCandidate candidate) {
    List<PluginLayer> parents = new ArrayList<>();
    for (String id : candidate.dependencies()) {
      PluginWrapper wrapper = getPlugin(id);
      if (wrapper != null && wrapper.getPluginClassLoader() instanceof PluginLayer layer) {
        parents.add(layer);
      }
    }
    return parents;
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return wrapper -> lifeCycle(wrapper.getPluginClassLoader(), wrapper.getDescriptor());
  }

  /** The plugin's own class, if its descriptor names one; most need none. */
  private static Plugin lifeCycle(ClassLoader classes, PluginDescriptor descriptor) {
    @Nullable String name = descriptor.getPluginClass();
    if (name == null || name.isBlank() || name.equals(Plugin.class.getName())) {
      return new Plugin() {};
    }
    try {
      return (Plugin) classes.loadClass(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new PluginRuntimeException(e, "its class " + name + " cannot be used: " + e);
    }
  }
}
