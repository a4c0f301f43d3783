package dev.starling.shell.script;

import dev.starling.shell.plugin.PluginHost;

/** Lets scripts name the classes that plugins export, besides those of the program. */
final class ScriptClassLoader extends ClassLoader {

  private final PluginHost plugins;
  private volatile boolean gavePluginClass;

  ScriptClassLoader(PluginHost plugins) {
    super("scripts", ScriptClassLoader.class.getClassLoader());
    this.plugins = plugins;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> found = plugins.exportedClass(name);
    if (found == null) {
      throw new ClassNotFoundException(name);
    }
    gavePluginClass = true;
    return found;
  }

  /** Whether it has found a class of a plugin. */
  boolean gavePluginClass() {
    return gavePluginClass;
  }
}
