package dev.starling.shell.plugin;

import dev.starling.api.command.CommandProvider;
import java.io.Closeable;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/**
 * What pf4j takes for a plugin's class loader: the front of its module layer, which is defined when
 * the plugins it depends on are known, since pf4j loads in the order of the folder. Thread-safe.
 */
final class PluginLayer extends ClassLoader implements Closeable {

  private final PluginCandidate plugin;
  private final List<Path> jars;
  private final Supplier<List<PluginLayer>> parents;
  private final TrackingFinder finder;
  private @Nullable Linked linked;
  private boolean closed;

  /**
   * A defined layer.
   *
   * @param modules the plugin's own in it; none if it is a class path
   * @param classes where its classes come from
   */
  private record Linked(ModuleLayer layer, Set<Module> modules, ClassLoader classes) {
    boolean modular() {
      return !modules.isEmpty();
    }
  }

  /**
   * @param jars what the plugin is made of
   * @param parents the layers of the plugins it depends on, asked for when it is linked
   */
  PluginLayer(PluginCandidate plugin, List<Path> jars, Supplier<List<PluginLayer>> parents) {
    super("plugin-" + plugin.id(), PluginLayer.class.getClassLoader());
    this.plugin = plugin;
    this.jars = List.copyOf(jars);
    this.parents = parents;
    this.finder = new TrackingFinder(ModuleFinder.of(jars.toArray(Path[]::new)));
  }

  /**
   * Resolves and defines the layer, once.
   *
   * @throws PluginRuntimeException if its modules do not resolve, with one line that says why
   */
  synchronized ModuleLayer link() {
    return linked().layer();
  }

  private synchronized Linked linked() {
    if (closed) {
      throw new PluginRuntimeException("it is unloaded");
    }
    Linked known = linked;
    if (known == null) {
      known = define();
      linked = known;
    }
    return known;
  }

  private Linked define() {
    try {
      Set<Module> started = startedWith();
      if (!started.isEmpty()) {
        return linked(ModuleLayer.boot(), started);
      }
      // What the boot layer has is never shadowed: there is one api and one picocli.
      Set<String> roots =
          finder.findAll().stream()
              .map(reference -> reference.descriptor().name())
              .filter(name -> ModuleLayer.boot().findModule(name).isEmpty())
              .collect(Collectors.toSet());
      List<ModuleLayer> layers =
          Stream.concat(
                  parents.get().stream().map(PluginLayer::link), Stream.of(ModuleLayer.boot()))
              .distinct()
              .toList();
      List<Configuration> configurations = layers.stream().map(ModuleLayer::configuration).toList();
      Configuration configuration =
          Configuration.resolve(ModuleFinder.of(), configurations, finder, roots);
      ModuleLayer.Controller controller =
          ModuleLayer.defineModulesWithOneLoader(configuration, layers, getParent());
      if (plugin.nativeAccess()) {
        enableNativeAccess(controller);
      }
      return linked(controller.layer(), controller.layer().modules());
    } catch (FindException e) {
      finder.closeReaders();
      throw unusable(e);
    } catch (ResolutionException | LayerInstantiationException e) {
      finder.closeReaders();
      return classPath(e);
    }
  }

  private Linked linked(ModuleLayer layer, Set<Module> modules) {
    ClassLoader classes =
        modules.stream().findFirst().map(Module::getClassLoader).orElse(getParent());
    return new Linked(layer, modules, classes);
  }

  /**
   * The plugin's modules if the launcher put these very jars on the program's own module path,
   * where the AOT cache covers them; else none. The jars need not be read for that.
   */
  private Set<Module> startedWith() {
    Map<URI, String> started = new HashMap<>();
    for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
      module.reference().location().ifPresent(place -> started.put(place, module.name()));
    }
    Set<Module> modules = new HashSet<>();
    for (Path jar : jars) {
      String name = started.get(jar.toUri());
      if (name == null) {
        return Set.of();
      }
      modules.add(ModuleLayer.boot().findModule(name).orElseThrow());
    }
    return modules;
  }

  @SuppressWarnings("restricted") // the descriptor asks for it, and the host may grant it
  private static void enableNativeAccess(ModuleLayer.Controller controller) {
    controller.layer().modules().forEach(controller::enableNativeAccess);
  }

  /** Jars that are no modules and share packages still work as a class path. */
  private Linked classPath(RuntimeException cause) {
    boolean automatic =
        finder.findAll().stream().allMatch(reference -> reference.descriptor().isAutomatic());
    if (!automatic) {
      throw unusable(cause);
    }
    return new Linked(
        ModuleLayer.empty(), Set.of(), new PluginClassPath(plugin.id(), jars, getParent()));
  }

  private static PluginRuntimeException unusable(RuntimeException cause) {
    Throwable inner = cause.getCause();
    String message =
        cause.getMessage() + (inner == null ? "" : ": " + String.valueOf(inner.getMessage()));
    String hint =
        message.matches("Module (java|jdk)\\..* not found.*")
            ? "; STARLING_JAVA_OPTS='--add-modules NAME' adds a module of the JDK"
            : "";
    return new PluginRuntimeException(cause, "its modules do not resolve: " + message + hint);
  }

  /** What the plugin is made of. */
  List<Path> jars() {
    return jars;
  }

  /** The names of its own modules, sorted; none if it is a class path. */
  List<String> moduleNames() {
    return linked().modules().stream().map(Module::getName).sorted().toList();
  }

  /** The providers of commands that this plugin itself brings, not those of its parents. */
  List<CommandProvider> providers() {
    Linked known = linked();
    return serviceLoader(known).stream()
        .filter(provider ->
            known.modular()
                ? known.modules().contains(provider.type().getModule())
                : known.classes().equals(provider.type().getClassLoader()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static ServiceLoader<CommandProvider> serviceLoader(Linked known) {
    return known.modular()
        ? ServiceLoader.load(known.layer(), CommandProvider.class)
        : ServiceLoader.load(CommandProvider.class, known.classes());
  }

  /** A class of an exported package, for scripts; empty if the plugin has none of that name. */
  Optional<Class<?>> exportedClass(String name) {
    int dot = name.lastIndexOf('.');
    String packageName = dot < 0 ? "" : name.substring(0, dot);
    for (Module module : linked().modules()) {
      if (module.isExported(packageName)) {
        return Optional.ofNullable(Class.forName(module, name));
      }
    }
    return Optional.empty();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return linked().classes().loadClass(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return linked().classes().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return linked().classes().getResources(name);
  }

  /** Forgets the layer and closes its jars. */
  @Override
  public synchronized void close() throws IOException {
    Linked known = linked;
    closed = true;
    linked = null;
    finder.closeReaders();
    if (known != null && known.classes() instanceof PluginClassPath classPath) {
      classPath.close();
    }
  }
}
