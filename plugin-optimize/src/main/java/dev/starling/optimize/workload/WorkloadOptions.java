package dev.starling.optimize.workload;

import dev.starling.api.command.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to run in the container, by {@code ctr-remote}'s flags; a picocli mixin. */
public final class WorkloadOptions {

  @Option(
      names = "--entrypoint",
      paramLabel = "JSON",
      description = "Entrypoint, a JSON array; replaces the image's.")
  private @Nullable String entrypoint;

  @Option(
      names = "--args",
      paramLabel = "JSON",
      description = "Arguments of the entrypoint, a JSON array; replaces the image's command.")
  private @Nullable String args;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable; NAME alone removes it. Repeatable.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Environment variables, one a line; --env goes on top. Repeatable.")
  private List<Path> environmentFiles = new ArrayList<>();

  @Option(
      names = {"--user", "-u"},
      paramLabel = "USER[:GROUP]",
      description = "Names or ids, looked up in the image; the image's if unset.")
  private String user = "";

  @Option(
      names = "--cwd",
      paramLabel = "DIR",
      description = "Working directory; the image's if unset.")
  private String directory = "";

  @Option(
      names = {"-t", "--terminal"},
      description = "Give the process a terminal, connected to this one.")
  private boolean terminal;

  @Option(
      names = {"-i", "--interactive"},
      description = "Let the process read standard input; implied by -t.")
  private boolean interactive;

  @Option(
      names = "--mount",
      paramLabel = "SPEC",
      description =
          "Mount into the container: type=TYPE,source=SRC,destination=DIR,options=A:B. Repeatable.")
  private List<String> mounts = new ArrayList<>();

  @Option(
      names = "--runtime",
      paramLabel = "PROGRAM",
      defaultValue = "runc",
      description = "OCI runtime, a name or a path: runc, crun; runc if unset.")
  private String runtime = "runc";

  @Mixin private NetworkOptions network = new NetworkOptions();

  /** The program that runs the container, a name to be found on the PATH or a path. */
  public String runtime() {
    return runtime;
  }

  /** Whether a terminal was asked for. */
  public boolean terminal() {
    return terminal;
  }

  /**
   * What was asked for.
   *
   * @throws UsageException if an option is malformed or does not fit another
   * @throws IOException if a file of environment variables cannot be read
   */
  public Workload workload() throws IOException {
    if (runtime.isEmpty()) {
      throw new UsageException("--runtime: no program; expected a name or a path such as runc");
    }
    List<String> all = new ArrayList<>();
    for (Path file : environmentFiles) {
      all.addAll(EnvironmentFile.read(file));
    }
    all.addAll(environment);
    for (String variable : all) {
      if (variable.isEmpty() || variable.startsWith("=") || variable.indexOf('\0') >= 0) {
        throw new UsageException(
            "expected an environment variable NAME=VALUE, not \"" + variable + "\"");
      }
    }
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      throw new UsageException("--cwd: expected an absolute path, not " + directory);
    }
    return new Workload(
        entrypoint == null ? null : Checked.value("--entrypoint", entrypoint, JsonWords::parse),
        args == null ? null : Checked.value("--args", args, JsonWords::parse),
        all,
        user,
        directory,
        terminal,
        interactive || terminal,
        mounts.stream().map(mount -> Checked.value("--mount", mount, MountSpec::parse)).toList(),
        network.networking(),
        network.names());
  }
}
