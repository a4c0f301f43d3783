package dev.starling.shell.help;

import java.util.stream.Stream;
import picocli.CommandLine;

/** Help about a whole tree of commands. */
public final class HelpTexts {

  private HelpTexts() {}

  /** What {@code --help} prints about a command, a group, or all of the program. */
  public static String of(CommandLine command) {
    return command.getParent() == null && !command.getSubcommands().isEmpty()
        ? Overview.text(command)
        : HelpPage.of(command).text();
  }

  /** The pages of all commands below, groups left out; each command once. */
  public static Stream<HelpPage> pages(CommandLine root) {
    return root.getSubcommands().values().stream()
        .distinct()
        .filter(command -> !command.getCommandName().equals("image")) // others' names
        .flatMap(command ->
            command.getSubcommands().isEmpty() ? Stream.of(HelpPage.of(command)) : pages(command));
  }
}
