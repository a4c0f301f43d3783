package dev.starling.snapshot;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;

/**
 * What {@code mount} did.
 *
 * @param id the mount's name
 * @param image the image
 * @param digest the digest of its manifest or index
 * @param directory where it is mounted
 * @param writable whether files may be changed
 */
public record MountResult(
    String id, String image, String digest, String directory, boolean writable)
    implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    out.println(image + " is mounted on " + directory + "; next: starling unmount " + directory);
  }
}
