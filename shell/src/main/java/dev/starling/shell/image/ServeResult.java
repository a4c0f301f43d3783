package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * The registry that was served until it was ended.
 *
 * @param directory the layout that it served
 * @param address {@code host:port}, for references
 */
public record ServeResult(Path directory, String address) implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    out.println("the registry " + address + " has ended; its images are in " + directory);
  }
}
