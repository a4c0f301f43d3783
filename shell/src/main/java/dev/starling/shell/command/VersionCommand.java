package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.Version;
import dev.starling.shell.command.VersionCommand.Versions;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/**
 * {@code version}, where it is not alone on its line: there Main answers before anything is loaded.
 */
@Command(
    name = "version",
    description = "Print Starling's version.",
    footer = {
      "",
      "With --format json also that of the virtual machine.",
      "",
      "Examples:",
      "  starling version",
      "",
      "See also: help"
    })
final class VersionCommand implements StarlingCommand<Versions> {

  /**
   * What runs.
   *
   * @param version Starling's version
   * @param java the virtual machine's
   */
  public record Versions(String version, String java) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.println("starling " + version);
    }
  }

  @Override
  public Versions run(CommandContext context) {
    return new Versions(Version.CURRENT, Runtime.version().toString());
  }
}
