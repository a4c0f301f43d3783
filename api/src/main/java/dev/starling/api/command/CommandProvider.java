package dev.starling.api.command;

import java.util.List;

/** What a plugin provides as a service: its commands. */
public interface CommandProvider {

  /** The commands, in the order in which help lists them. */
  List<CommandDefinition<?>> commands();
}
