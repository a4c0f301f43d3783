package dev.starling.snapshot;

import dev.starling.api.command.CommandResult;
import dev.starling.snapshot.daemon.Calls.ImageStatus;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import dev.starling.snapshot.daemon.Calls.MountStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What {@code status} shows.
 *
 * @param running whether the daemon runs
 * @param pid its process, 0 without one
 * @param images the images whose layers are available
 * @param mounts the mounts of whole images
 */
public record StatusResult(
    boolean running, long pid, List<ImageStatus> images, List<MountStatus> mounts)
    implements CommandResult {

  private static final int DIGEST = "sha256:".length() + 12;

  public StatusResult {
    images = List.copyOf(images);
    mounts = List.copyOf(mounts);
  }

  @Override
  public void writeText(PrintWriter out) {
    if (!running) {
      // It may have been killed: its mounts are there, but dead.
      out.println("no daemon runs, so nothing is served; the next mounts again what was mounted");
      return;
    }
    out.println("daemon: pid " + pid);
    for (ImageStatus image : images) {
      out.println();
      out.println(image.reference() + "  " + image.digest());
      out.printf(
          "  %4s  %-19s  %10s  %10s  %6s  %10s  %5s  %s%n",
          "id", "layer", "size", "fetched", "", "prefetched", "hits", "kind");
      image.layers().forEach(layer -> row(out, layer));
    }
    if (!mounts.isEmpty()) {
      out.println();
      for (MountStatus mount : mounts) {
        out.printf(
            "%s  %s  %s  %s  %s%n",
            mount.id(),
            mount.writable() ? "rw" : "ro",
            mount.directory(),
            mount.reference(),
            mount.state());
      }
    }
  }

  private static void row(PrintWriter out, LayerStatus layer) {
    out.printf(
        Locale.ROOT,
        "  %4d  %-19s  %7.1f MB  %7.1f MB  %5.1f%%  %7.1f MB  %4.0f%%  %s%s%n",
        layer.snapshot(),
        layer.digest().substring(0, Math.min(DIGEST, layer.digest().length())),
        layer.size() / 1e6,
        layer.fetchedSize() / 1e6,
        layer.fetchedPercent(),
        layer.prefetchedSize() / 1e6,
        layer.hitRate() * 100,
        layer.lazy() ? layer.kind() : "not lazy: " + layer.kind(),
        layer.state().equals("ready") ? "" : "; " + layer.state());
  }
}
