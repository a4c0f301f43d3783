package dev.starling.shell.image;

import dev.starling.api.command.StarlingDirectories;
import dev.starling.shell.config.HostSettings;
import dev.starling.shell.config.Settings;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.CommandSource;
import dev.starling.shell.host.Console;
import dev.starling.shell.transport.DefaultTransportsFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The built-in commands over a data directory of their own, writing to memory. */
final class Bench implements AutoCloseable {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final DefaultTransportsFactory transports = new DefaultTransportsFactory();
  private final CommandHost host;

  Bench(Path directory) {
    this(directory, Map.of());
  }

  Bench(Path directory, Map<String, HostSettings> hosts) {
    StarlingDirectories directories =
        new StarlingDirectories(
            directory.resolve("data"), directory.resolve("run"), directory.resolve("config"));
    Settings settings = new Settings(directories, 2, new TreeMap<>(hosts));
    Console console =
        new Console(new PrintWriter(out, true), raw, new PrintWriter(err, true), false);
    host = new CommandHost(console, () -> settings, () -> transports, List.of());
    List<CommandSource.Sourced> commands =
        ImageCommands.all().stream()
            .map(definition -> new CommandSource.Sourced(definition, "the shell"))
            .toList();
    host.add(_ -> commands);
  }

  CommandHost host() {
    return host;
  }

  /** Runs a line of words parted by spaces, forgetting what earlier lines printed. */
  int run(String line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    raw.reset();
    return host.execute(List.of(line.split(" "))).exitCode();
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** The lines for people that are not progress. */
  String problem() {
    return err.toString()
        .lines()
        .filter(line -> line.startsWith("starling: "))
        .reduce("", (all, line) -> all + line + "\n");
  }

  byte[] raw() {
    return raw.toByteArray();
  }

  String rawText() {
    return raw.toString(StandardCharsets.UTF_8);
  }

  /** The text with each digest replaced by a number, in the order in which they appear. */
  static String numbered(String text) {
    Map<String, String> numbers = new LinkedHashMap<>();
    return HEX.matcher(text)
        .replaceAll((MatchResult found) ->
            numbers.computeIfAbsent(found.group(), hex -> "#" + (numbers.size() + 1)));
  }

  @Override
  public void close() {
    host.close();
    transports.close();
  }
}
