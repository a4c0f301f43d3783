package dev.starling.shell;

import dev.starling.shell.host.CommandHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.util.List;
import java.util.stream.Stream;

/** Does what users often do, so that the AOT cache holds what it takes. */
final class Training {

  private static final String LOAD = "load ";
  private static final String CLASS = ".class";

  private Training() {}

  /**
   * Runs lines of the shell; {@code load MODULE} loads all classes of a module that the program was
   * started with, for commands that cannot be run in a training.
   *
   * @param lines parted by semicolons
   */
  static void run(CommandHost host, String lines) {
    for (String line : lines.split(";", -1)) {
      if (line.startsWith(LOAD)) {
        ModuleLayer.boot()
            .configuration()
            .findModule(line.substring(LOAD.length()))
            .ifPresent(Training::load);
      } else {
        host.execute(List.of(line.split(" ", -1)));
      }
    }
  }

  private static void load(ResolvedModule module) {
    try (ModuleReader reader = module.reference().open();
        Stream<String> names = reader.list()) {
      names
          .filter(name -> name.endsWith(CLASS) && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .forEach(name -> load(module.name(), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class that does not link, as one for another system, is none that the command will use. */
  private static void load(String module, String name) {
    try {
      ModuleLayer.boot().findModule(module).ifPresent(found -> Class.forName(found, name));
    } catch (LinkageError e) {
      // left out
    }
  }
}
