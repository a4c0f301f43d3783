package dev.starling.shell.session;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unalias}. */
@Command(
    name = "unalias",
    description = "Forget aliases.",
    footer = {"", "Examples:", "  unalias lazy", "", "See also: alias, help prompt"})
final class UnaliasCommand implements StarlingCommand<AliasCommand.Listing> {

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "What to forget.")
  private List<String> names = new ArrayList<>();

  private final Aliases aliases;

  UnaliasCommand(Aliases aliases) {
    this.aliases = aliases;
  }

  /** Completes to the aliases. */
  static final class Names implements ValueCompletion {
    @Override
    public void complete(CompletionRequest request, Consumer<Suggestion> found) {
      if (request.command() instanceof UnaliasCommand command) {
        command
            .aliases
            .all()
            .forEach((name, text) -> found.accept(new Suggestion(name, text, true)));
      }
    }
  }

  @Override
  public AliasCommand.Listing run(CommandContext context) throws IOException {
    for (String name : names) {
      aliases.remove(name);
    }
    return new AliasCommand.Listing(Map.of());
  }
}
