package dev.starling.optimize;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.image.Platform;
import dev.starling.api.reference.Reference;
import dev.starling.optimize.workload.Workload;
import dev.starling.optimize.workload.WorkloadOptions;
import dev.starling.snapshot.client.ImageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code run} command. */
@Command(
    name = "run",
    description = "Run a container from an image that is fetched as it is read.",
    footer = {
      "",
      "The daemon mounts the image's layers, as rpull does, if it has not yet. COMMAND replaces the",
      "image's entrypoint and command. Options go before REF; what follows it is the container's.",
      "What the container writes to its root file system goes with it, as do its network and its",
      "mounts. Ctrl-C and SIGTERM are passed on to it.",
      "",
      "Exit codes: the container's own; 125 it could not be run, 126 the command cannot be executed,",
      "127 there is no such command, 128 + n it was ended by signal n.",
      "",
      "Examples:",
      "  starling run --rm -t --snapshotter=stargz registry.example/app:1.0-esgz test echo hello",
      "  starling run --env LANG=C registry.example/app:1.0-esgz -- ls -l /",
      "",
      "See also: rpull, status, optimize, help lazy, help exit-codes"
    })
public final class RunCommand implements StarlingCommand<RunResult> {

  /** As shells have it: the command itself was not run. */
  private static final int NOT_RUN = 125;

  @Parameters(index = "0", paramLabel = "REF", description = "The image, in a registry or layout.")
  private String image = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The container's name; left out before -- or with --name.")
  private String id = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "What to run, with its arguments; what the image says if unset.")
  private List<String> command = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "ID",
      description = "The container's name; then all that follows REF is the command.")
  private String name = "";

  @SuppressWarnings("UnusedVariable") // accepted, and makes no difference
  @Option(
      names = "--rm",
      description = "Remove the container when it ends. This is always done; for ctr's lines.")
  private boolean remove;

  @SuppressWarnings("UnusedVariable") // accepted, and makes no difference
  @Option(
      names = "--snapshotter",
      paramLabel = "NAME",
      description = "For ctr's lines; there is one way to mount an image here.")
  private String snapshotter = "";

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      description = "The image of this platform, <os>/<arch>[/<variant>]; this machine's if unset.")
  private String platform = "";

  @Option(
      names = "--no-background-fetch",
      negatable = false,
      description = "Fetch only what is read, not the rest of the image when nothing else is.")
  private boolean noBackgroundFetch;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Record which files of the image are read, for convert's --estargz-record-in. The image"
              + " is mounted anew for that, without the daemon.")
  private @Nullable Path trace;

  @Mixin private WorkloadOptions workload = new WorkloadOptions();

  @Mixin private RegistryOptions registry = new RegistryOptions();

  /** Options end where the image stands: what follows may look like one. */
  @Spec
  void spec(CommandSpec spec) {
    spec.parser().stopAtPositional(true);
  }

  @Override
  public int failureExitCode() {
    return NOT_RUN;
  }

  @Override
  public RunResult run(CommandContext context) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    if (!id.isEmpty()) {
      words.addFirst(id);
    }
    RunLine line = RunLine.of(name, words);
    ContainerJob job =
        new ContainerJob(line.id(), request(), workload(line.command()), workload.runtime());
    // What is missing is said before anything is fetched.
    Machine.require(workload.runtime(), "");
    Path file = trace;
    return file == null ? job.run(context) : new TracedContainer(job, checked(file)).run(context);
  }

  /** Before anything is run. */
  private Path checked(Path file) {
    if (!platform.isEmpty()) {
      throw new UsageException(
          "--trace and --platform exclude each other: this machine's is run; leave out one");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new UsageException(
          "--trace: " + file + " cannot be written; expected a file in a folder that is there");
    }
    return file;
  }

  private ImageRequest request() throws IOException {
    if (!platform.isEmpty()) {
      try {
        Platform.parse(platform);
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }
    return new ImageRequest(
        Reference.parse(image),
        registry.bareIsHttp().plainHttp(),
        platform,
        false,
        !noBackgroundFetch);
  }

  private Workload workload(List<String> words) throws IOException {
    Workload asked = workload.workload();
    if (words.isEmpty()) {
      return asked;
    }
    if (asked.args() != null) {
      throw new UsageException(
          "--args and a command exclude each other: both say what to run; got --args and "
              + String.join(" ", words));
    }
    return asked.withCommand(words);
  }
}
