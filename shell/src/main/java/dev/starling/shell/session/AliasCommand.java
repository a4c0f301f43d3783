package dev.starling.shell.session;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code alias}. */
@Command(
    name = "alias",
    description = "List the aliases, or have a word stand for the beginning of a line.",
    footer = {
      "",
      "Aliases are kept in the file 'aliases' of the configuration directory.",
      "",
      "Examples:",
      "  alias",
      "  alias lazy='ls | { it.findAll { it.lazy } }'",
      "",
      "See also: unalias, history, help prompt"
    })
final class AliasCommand implements StarlingCommand<AliasCommand.Listing> {

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME=TEXT",
      description = "What to set; NAME alone is shown.")
  private List<String> words = new ArrayList<>();

  private final Aliases aliases;

  AliasCommand(Aliases aliases) {
    this.aliases = aliases;
  }

  /**
   * Aliases.
   *
   * @param aliases what they stand for, by name
   */
  public record Listing(Map<String, String> aliases) implements CommandResult {
    public Listing {
      aliases = new TreeMap<>(aliases);
    }

    @Override
    public void writeText(PrintWriter out) {
      aliases.forEach((name, text) -> out.println(name + "='" + text + "'"));
    }
  }

  @Override
  public Listing run(CommandContext context) throws IOException {
    if (words.isEmpty()) {
      return new Listing(aliases.all());
    }
    Map<String, String> shown = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        aliases.set(word.substring(0, equals), word.substring(equals + 1));
      } else {
        String text = aliases.all().get(word);
        if (text == null) {
          throw new CommandException("there is no alias '" + word + "'; set it with NAME='TEXT'");
        }
        shown.put(word, text);
      }
    }
    return new Listing(shown);
  }
}
