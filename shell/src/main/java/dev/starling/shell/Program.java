package dev.starling.shell;

import dev.starling.api.job.Log;
import dev.starling.shell.command.HostCommands;
import dev.starling.shell.command.WarmUp;
import dev.starling.shell.config.Settings;
import dev.starling.shell.help.KeptPages;
import dev.starling.shell.host.BuiltInCommands;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Console;
import dev.starling.shell.host.ExitCode;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.plugin.PluginPlaces;
import dev.starling.shell.training.Training;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a process together and runs one line in it. */
final class Program {

  /** How long jobs may clean up after Ctrl-C or SIGTERM, in milliseconds. */
  private static final long CLEAN_UP_MILLIS = 15_000;

  private Program() {}

  /**
   * Runs the line.
   *
   * @return the process's exit code
   */
  static int run(List<String> words) {
    Launch launch = Launch.fromProperties();
    Console console = console(launch);
    SharedSettings settings = new SharedSettings(console);
    String page = keptPage(launch, settings, words);
    if (page != null) {
      console.out().print(page);
      console.out().flush();
      return ExitCode.DONE;
    }
    WarmUp.begin(words);
    return run(launch, console, settings, words);
  }

  /** A page of help that need not be made; none where a user's plugins may change what there is. */
  private static @Nullable String keptPage(
      Launch launch, SharedSettings settings, List<String> words) {
    String page = launch.pages() == null ? null : new KeptPages(launch.pages()).find(words);
    try {
      return page == null || Files.exists(users(settings.get())) ? null : page;
    } catch (UncheckedIOException e) {
      return null; // the settings are broken; what needs them says so
    }
  }

  private static Path users(Settings settings) {
    return settings.directories().data().resolve("plugins");
  }

  private static int run(
      Launch launch, Console console, SharedSettings settings, List<String> words) {
    try (SharedTransports transports = new SharedTransports();
        CommandHost host = new CommandHost(console, settings, transports, launch.program())) {
      cancelJobsAtShutdown(host);
      PluginHost plugins = plugins(launch, host);
      host.add(new BuiltInCommands(HostCommands.of(host, plugins, launch.prompt())));
      host.add(plugins);
      sweep(host, plugins);
      if (launch.training() != null) {
        Training.run(host, launch.training());
        return ExitCode.DONE;
      }
      if (words.isEmpty() && (launch.interactive() || hasInput(launch))) {
        return host.execute(List.of("shell")).exitCode();
      }
      if (words.isEmpty()) {
        host.execute(List.of("--help"));
        return ExitCode.USAGE;
      }
      return host.execute(words).exitCode();
    } finally {
      console.out().flush();
    }
  }

  private static void sweep(CommandHost host, PluginHost plugins) {
    try {
      plugins.sweep(host.settings().directories(), new Problems(host));
    } catch (UncheckedIOException e) {
      // The settings are broken; the command that needs them says so.
    }
  }

  /** Warnings only. */
  private record Problems(CommandHost host) implements Log {
    @Override
    public void info(String line) {}

    @Override
    public void warn(String line) {
      host.problem("warning: " + line);
    }

    @Override
    public void debug(String line) {}
  }

  /** Whether there are lines on standard input, which they stay on. */
  private static boolean hasInput(Launch launch) {
    if (launch.inIsTerminal()) {
      return false;
    }
    BufferedInputStream in = new BufferedInputStream(System.in);
    System.setIn(in);
    try {
      in.mark(1);
      boolean some = in.read() >= 0;
      in.reset();
      return some;
    } catch (IOException e) {
      return false;
    }
  }

  /** The installation's plugins, then the user's. */
  private static PluginHost plugins(Launch launch, CommandHost host) {
    return new PluginHost(
        () -> {
          Path home = launch.home();
          Path data = host.settings().directories().data();
          return new PluginPlaces(
              home == null ? List.of() : List.of(home.resolve("plugins")),
              users(host.settings()),
              data.resolve("unpacked-plugins"));
        },
        host::problem);
  }

  private static Console console(Launch launch) {
    OutputStream out = new BufferedOutputStream(new StandardOutput(), 1 << 16);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    return new Console(
        new PrintWriter(new OutputStreamWriter(out, launch.charset())),
        out,
        new PrintWriter(new OutputStreamWriter(err, launch.charset())),
        launch.errIsTerminal());
  }

  /**
   * Ctrl-C and SIGTERM begin the shutdown of the virtual machine, which says 130 or 143; it waits
   * for this hook, and this hook for the jobs.
   */
  private static void cancelJobsAtShutdown(CommandHost host) {
    Thread hook =
        new Thread(
            () -> {
              try {
                if (!host.cancelAll(CLEAN_UP_MILLIS)) {
                  host.problem("gave up waiting for the command to clean up");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "starling-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
