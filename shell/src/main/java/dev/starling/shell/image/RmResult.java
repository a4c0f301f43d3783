package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code rm} did.
 *
 * @param removed the names that are gone
 * @param missing the names that the store did not have
 * @param freedBytes the length of the blobs that no other image needed
 */
public record RmResult(List<String> removed, List<String> missing, long freedBytes)
    implements CommandResult {

  public RmResult {
    removed = List.copyOf(removed);
    missing = List.copyOf(missing);
  }

  @Override
  public void writeText(PrintWriter out) {
    removed.forEach(name -> out.println("removed " + name));
    out.println(
        "%s freed in %s; next: starling ls"
            .formatted(new ByteCount(freedBytes), ImageLookup.STORE));
  }

  @Override
  public int exitCode() {
    return missing.isEmpty() ? 0 : 1;
  }
}
