package dev.starling.api.command;

import dev.starling.api.job.Log;
import java.io.IOException;
import java.util.List;

/** What a plugin provides as a service: its commands. */
public interface CommandProvider {

  /** The commands, in the order in which help lists them. */
  List<CommandDefinition<?>> commands();

  /**
   * Removes what this plugin's commands left behind when their process was killed. Called when a
   * process of Starling starts and the folder that the descriptor names in {@code
   * starling.leftovers} has a folder in it whose file {@code lock} nobody keeps locked.
   *
   * @param directories where to look
   * @param log takes a line for what cannot be removed
   * @throws IOException if it cannot even be looked for; it is told, and the command goes on
   */
  default void sweep(StarlingDirectories directories, Log log) throws IOException {}
}
