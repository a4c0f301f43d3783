package dev.starling.shell.host;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.Placement;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.api.job.Progress;
import dev.starling.shell.host.EchoCommand.Echoed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command for tests: says back what it got, or fails as it is told to. */
@Command(name = "echo", aliases = "say", description = "Says back what it got.")
public final class EchoCommand implements StarlingCommand<Echoed> {

  @Parameters(index = "0", paramLabel = "SOURCE", description = "What to say.")
  private String source = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TARGET", description = "To whom.")
  private @Nullable String target;

  @Option(names = "--platforms", split = ",", description = "Many values.")
  private List<String> platforms = new ArrayList<>();

  @Option(names = "--dry-run", description = "A flag.")
  private boolean dryRun;

  @Option(names = "--times", description = "A number.")
  private int times = 1;

  @Option(names = "--exit-code", description = "What the record reports.")
  private int exitCode;

  @Option(names = "--fail", description = "How to fail.")
  private String fail = "";

  /** What was said. */
  public record Echoed(
      String source,
      @Nullable String target,
      List<String> platforms,
      boolean dryRun,
      int times,
      int exitCode,
      Digest digest,
      Platform platform,
      Path path,
      Duration duration)
      implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.println(source + (target == null ? "" : " to " + target));
    }
  }

  public static CommandDefinition<Echoed> definition() {
    return new CommandDefinition<>(Echoed.class, EchoCommand.class, EchoCommand::new);
  }

  public static CommandDefinition<Echoed> definition(Placement placement) {
    return new CommandDefinition<>(Echoed.class, EchoCommand.class, EchoCommand::new, placement);
  }

  @Override
  public Echoed run(CommandContext context) throws Exception {
    switch (fail) {
      case "io" -> throw new CommandException("the disk is\nfull");
      case "usage" -> throw new UsageException("--a and --b exclude each other");
      case "defect" -> throw new IllegalStateException("oops");
      case "error" -> throw new NoClassDefFoundError("gone/Class");
      case "wait" -> Thread.sleep(60_000);
      case "" -> {}
      default -> throw new UsageException("unknown --fail " + fail);
    }
    context.log().info("saying");
    context.log().warn("careful");
    context.log().debug("detail");
    try (Progress.Item item = context.progress().begin("layer", Progress.State.WAITING, -1)) {
      item.finish(Progress.State.DONE);
    }
    return new Echoed(
        source,
        target,
        platforms,
        dryRun,
        times,
        exitCode,
        Digest.sha256(source.getBytes(StandardCharsets.UTF_8)),
        Platform.parse("linux/amd64"),
        Path.of("/some/path"),
        Duration.ofSeconds(3));
  }
}
