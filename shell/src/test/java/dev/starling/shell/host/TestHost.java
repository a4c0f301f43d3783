package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.shell.config.Settings;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.plugin.PluginPlaces;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A host over the given commands that writes to strings. */
public final class TestHost {

  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final CommandHost host;

  public TestHost(Path directory, CommandDefinition<?>... commands) {
    List<CommandSource.Sourced> sourced =
        List.of(commands).stream().map(c -> new CommandSource.Sourced(c, "the test")).toList();
    this.host =
        new CommandHost(
            new Console(
                new PrintWriter(raw, true, StandardCharsets.UTF_8),
                raw,
                new PrintWriter(err, true),
                false),
            () -> settings(directory),
            () -> {
              throw new AssertionError("these commands open no transports");
            },
            List.of());
    host.add(_ -> sourced);
  }

  /** A plugin host that finds what lies in {@code plugins/} of the directory, mostly nothing. */
  public static PluginHost noPlugins(Path directory, Consumer<String> problems) {
    return new PluginHost(
        () -> new PluginPlaces(List.of(), directory.resolve("plugins"), directory), problems);
  }

  private static Settings settings(Path directory) {
    return new Settings(
        new StarlingDirectories(
            directory.resolve("data"), directory.resolve("run"), directory.resolve("config")),
        4,
        new TreeMap<>());
  }

  public CommandHost host() {
    return host;
  }

  /** Runs a line of words parted by spaces. */
  public int run(String line) {
    return host.execute(line.isEmpty() ? List.of() : List.of(line.split(" "))).exitCode();
  }

  public String out() {
    return raw.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString();
  }
}
