package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.UsageException;
import dev.starling.api.command.ValueCompletion;
import dev.starling.shell.Version;
import dev.starling.shell.help.HelpPage;
import dev.starling.shell.help.HelpTexts;
import dev.starling.shell.help.ManualPage;
import dev.starling.shell.help.Topic;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Wanted;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code help}. */
@Command(
    name = "help",
    description = "Show what there is, or explain a command or a topic.",
    footer = {
      "",
      "Without words: all commands, those of plugins too, and the topics. 'starling COMMAND --help'",
      "is the same as 'starling help COMMAND'.",
      "",
      "Examples:",
      "  starling help",
      "  starling help convert",
      "  starling help plugin list",
      "  starling help exit-codes",
      "  starling help --man convert > starling-convert.1",
      "  starling help --format json | jq -r '.commands[].command'",
      "",
      "See also: shell, completion, help start, help prompt"
    })
final class HelpCommand implements StarlingCommand<HelpCommand.Explained> {

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND|TOPIC",
      completionCandidates = Words.class,
      description = "What to explain; without it, all of the program.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--man", description = "Print the command's page as source for man.")
  private boolean manual;

  private final CommandHost host;

  HelpCommand(CommandHost host) {
    this.host = host;
  }

  /**
   * What was explained.
   *
   * @param text the page
   * @param commands the commands that it is about; without words all of them, for a topic none
   */
  public record Explained(String text, List<Entry> commands) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.print(text);
    }
  }

  /**
   * A command in short.
   *
   * @param command the words that run it, after {@code starling}
   * @param summary one line
   * @param examples whole lines
   * @param seeAlso other commands, and topics as {@code help TOPIC}
   */
  public record Entry(String command, String summary, List<String> examples, List<String> seeAlso) {
    static Entry of(HelpPage page) {
      String words = page.name().substring(page.name().indexOf(' ') + 1);
      return new Entry(words, page.summary(), page.examples(), page.seeAlso());
    }
  }

  /** Completes to commands and topics. */
  static final class Words implements ValueCompletion {
    @Override
    public void complete(CompletionRequest request, Consumer<Suggestion> found) {
      if (request.command() instanceof HelpCommand help) {
        help.host.commands().firstWords().stream().map(Suggestion::of).forEach(found);
        for (Topic topic : Topic.values()) {
          found.accept(new Suggestion(topic.word(), topic.summary(), true));
        }
      }
    }

    @Override
    public boolean isFixed() {
      return true;
    }
  }

  @Override
  public Explained run(CommandContext context) {
    CommandLine command = find();
    if (command == null) {
      Optional<Topic> topic = words.size() == 1 ? Topic.of(words.getFirst()) : Optional.empty();
      if (topic.isEmpty() || manual) {
        throw new UsageException(
            "there is no command"
                + (manual ? "" : " or topic")
                + " '"
                + String.join(" ", words)
                + "'; 'starling help' lists them");
      }
      return new Explained(topic.get().text(), List.of());
    }
    Stream<HelpPage> pages =
        command.getSubcommands().isEmpty()
            ? Stream.of(HelpPage.of(command))
            : HelpTexts.pages(command);
    String text =
        manual ? ManualPage.of(HelpPage.of(command), Version.CURRENT) : HelpTexts.of(command);
    return new Explained(text, pages.map(Entry::of).toList());
  }

  /** The command or group that the words name, or null. */
  private @Nullable CommandLine find() {
    CommandLine command =
        host.commands()
            .tree(words.isEmpty() ? new Wanted.All() : new Wanted.Named(Set.copyOf(words)));
    for (String word : words) {
      command = command == null ? null : command.getSubcommands().get(word);
    }
    return command;
  }
}
