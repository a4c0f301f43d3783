package dev.starling.snapshot;

import dev.starling.api.command.CommandResult;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code rpull} did.
 *
 * @param image the image
 * @param digest the digest of its manifest or index
 * @param fetched what was fetched before it was available
 * @param layers its layers, base first, each with the directory that it is mounted on
 */
public record RpullResult(
    String image, String digest, List<Fetching> fetched, List<LayerStatus> layers)
    implements CommandResult {

  public RpullResult {
    fetched = List.copyOf(fetched);
    layers = List.copyOf(layers);
  }

  @Override
  public void writeText(PrintWriter out) {
    out.println(
        image + " is available; next: starling status, or starling mount " + image + " DIR");
  }
}
