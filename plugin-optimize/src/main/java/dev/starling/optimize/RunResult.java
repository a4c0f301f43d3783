package dev.starling.optimize;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;

/**
 * How a container ended.
 *
 * @param id its name
 * @param image the image
 * @param digest the digest of the image's manifest or index
 * @param exitCode of its process; 128 + n when signal n ended it
 * @param output what it wrote to standard output, at most 1 MiB; empty where that went on to the
 *     caller's own
 */
public record RunResult(String id, String image, String digest, int exitCode, String output)
    implements CommandResult {

  /** The container has said what there was to say. */
  @Override
  public void writeText(PrintWriter out) {}
}
