package dev.starling.shell.command;

import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;

/** A command about one plugin: what {@link PluginIds} needs to know to complete it. */
interface AboutPlugin {

  /** The plugins of the process. */
  PluginManagement plugins();

  /** Whether it can do something with a plugin in this state. */
  default boolean fits(PluginInfo.State state) {
    return true;
  }

  /** Whether it takes a file or folder too. */
  default boolean takesFiles() {
    return false;
  }
}
