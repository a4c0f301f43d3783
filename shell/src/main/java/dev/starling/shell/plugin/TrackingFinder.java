package dev.starling.shell.plugin;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Remembers the jar readers that a layer's class loader opens, since the loader never closes them:
 * an unloaded plugin's jars would stay open.
 */
final class TrackingFinder implements ModuleFinder {

  private final ModuleFinder finder;
  private final List<ModuleReader> open = new CopyOnWriteArrayList<>();

  TrackingFinder(ModuleFinder finder) {
    this.finder = finder;
  }

  @Override
  public Optional<ModuleReference> find(String name) {
    return finder.find(name).map(Tracked::new);
  }

  @Override
  public Set<ModuleReference> findAll() {
    return finder.findAll().stream().map(Tracked::new).collect(Collectors.toSet());
  }

  /** Closes all readers. */
  void closeReaders() {
    for (ModuleReader reader : open) {
      try {
        reader.close();
      } catch (IOException e) {
        // Nothing was written; there is nothing to lose.
      }
    }
    open.clear();
  }

  private final class Tracked extends ModuleReference {
    private final ModuleReference reference;

    Tracked(ModuleReference reference) {
      super(reference.descriptor(), reference.location().orElse(null));
      this.reference = reference;
    }

    @Override
    public ModuleReader open() throws IOException {
      ModuleReader reader = reference.open();
      open.add(reader);
      return reader;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tracked tracked && reference.equals(tracked.reference);
    }

    @Override
    public int hashCode() {
      return reference.hashCode();
    }
  }
}
