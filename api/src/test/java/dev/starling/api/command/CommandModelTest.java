package dev.starling.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands that describe themselves, parsed by picocli. */
class CommandModelTest {

  private record Done() implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {}
  }

  private static final class Names implements ValueCompletion {
    @Override
    public void complete(CompletionRequest request, Consumer<Suggestion> found) {}
  }

  private static final class Fetch implements DescribedCommand<Done> {
    private String source = "";
    private String target = "";
    private String limit = "";
    private String platform = "unset";
    private boolean force;
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    public void describe(CommandModel model) {
      model
          .description("Fetch something.")
          .footer("", "Example:", "  starling fetch a b")
          .parameter("SOURCE", new Names(), given -> source = given, "From where.")
          .parameter("TARGET", new Names(), given -> target = given, "Where to.")
          .option("--limit", "SIZE", "${sys:nothing:-10G}", given -> limit = given, "How much.")
          .option("--platform", "PLATFORM", given -> platform = given, "For which.")
          .flag("--force", given -> force = given, "Whatever there is.");
      registry.addTo(model);
    }

    @Override
    public Done run(CommandContext context) {
      return new Done();
    }
  }

  private static final CommandDefinition<Done> FETCH =
      new CommandDefinition<>(
          Done.class, Fetch.class, Fetch::new, Placement.in("things"), "fetch", List.of("get"));

  private static Fetch parse(String... words) {
    CommandLine parser = FETCH.parser();
    parser.parseArgs(words);
    return (Fetch) parser.getCommandSpec().userObject();
  }

  @Test
  void whatIsGivenIsSetAndTheRestStays() {
    Fetch all =
        parse("--force", "a", "--limit=5M", "--plain-http", "--platform", "linux/arm64", "b");
    assertThat(List.of(all.source, all.target, all.limit, all.platform))
        .containsExactly("a", "b", "5M", "linux/arm64");
    assertThat(all.force).isTrue();
    assertThat(all.registry.bareIsHttp().plainHttp()).isTrue();

    Fetch least = parse("a", "b");
    assertThat(List.of(least.limit, least.platform)).containsExactly("10G", "unset");
    assertThat(least.force).isFalse();
    assertThat(least.registry.bareIsHttp().plainHttp()).isFalse();
  }

  @Test
  void everyCallHasAnObjectOfItsOwn() {
    assertThat(parse("--force", "a", "b")).isNotSameAs(parse("c", "d"));
    assertThat(parse("c", "d").force).isFalse();
  }

  @Test
  void wrongLinesAreRefused() {
    assertThatThrownBy(() -> parse("a"))
        .isInstanceOf(CommandLine.MissingParameterException.class)
        .hasMessageContaining("TARGET");
    assertThatThrownBy(() -> parse("a", "b", "c"))
        .isInstanceOf(CommandLine.UnmatchedArgumentException.class);
    assertThatThrownBy(() -> parse("a", "b", "--platform")).hasMessageContaining("--platform");
    assertThatThrownBy(() -> parse("a", "b", "--force=yes")).hasMessageContaining("--force");
  }

  @Test
  void helpHasWhatIsTold() {
    CommandLine parser = FETCH.parser();
    assertThat(parser.getUsageMessage())
        .contains("SOURCE", "--limit=SIZE", "Fetch something.", "  starling fetch a b");
    assertThat(parser.getCommandSpec().name()).isEqualTo("fetch");
    assertThat(parser.getCommandSpec().aliases()).containsExactly("get");
    assertThat(FETCH.words()).isEqualTo("things fetch");
    assertThat(parser.getCommandSpec().positionalParameters().getFirst().completionCandidates())
        .isInstanceOf(Names.class);
  }

  private static final class Mute implements StarlingCommand<Done> {
    @Override
    public Done run(CommandContext context) {
      return new Done();
    }
  }

  @Test
  void aCommandThatTellsNothingIsRefused() {
    assertThatThrownBy(() -> new CommandDefinition<>(Done.class, Mute.class, Mute::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no @Command annotation and is no DescribedCommand");
  }
}
