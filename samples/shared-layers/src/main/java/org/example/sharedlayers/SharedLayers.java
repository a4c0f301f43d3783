package org.example.sharedlayers;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What images have in common.
 *
 * @param images each image, in the order they were asked for
 * @param bytes the sum of their layers, compressed
 * @param distinctBytes what a registry, or a machine that has them all, keeps of that
 */
public record SharedLayers(List<Share> images, long bytes, long distinctBytes)
    implements CommandResult {

  public SharedLayers {
    images = List.copyOf(images);
  }

  /**
   * An image.
   *
   * @param image as it was asked for
   * @param layers how many layers it has
   * @param bytes their sum, compressed
   * @param sharedLayers how many of them another image of these has too
   * @param sharedBytes the sum of those
   */
  public record Share(String image, int layers, long bytes, int sharedLayers, long sharedBytes) {}

  /** Compares the layers of images. */
  static SharedLayers of(SequencedMap<String, List<Descriptor>> layers) {
    Map<Digest, Integer> users = new HashMap<>();
    Map<Digest, Long> sizes = new HashMap<>();
    for (List<Descriptor> each : layers.values()) {
      each.stream().map(Descriptor::digest).distinct().forEach(d -> users.merge(d, 1, Integer::sum));
      each.forEach(layer -> sizes.put(layer.digest(), layer.size()));
    }
    List<Share> images =
        layers.entrySet().stream()
            .map(image -> share(image.getKey(), image.getValue(), users))
            .toList();
    return new SharedLayers(
        images,
        images.stream().mapToLong(Share::bytes).sum(),
        sizes.values().stream().mapToLong(Long::longValue).sum());
  }

  private static Share share(String image, List<Descriptor> layers, Map<Digest, Integer> users) {
    List<Descriptor> shared =
        layers.stream().filter(layer -> users.get(layer.digest()) > 1).toList();
    return new Share(image, layers.size(), sum(layers), shared.size(), sum(shared));
  }

  private static long sum(List<Descriptor> layers) {
    return layers.stream().mapToLong(Descriptor::size).sum();
  }

  @Override
  public void writeText(PrintWriter out) {
    for (Share share : images) {
      out.printf(
          Locale.ROOT,
          "%s: %d layers of %.1f MB, shared with others: %d of %.1f MB%n",
          share.image(),
          share.layers(),
          share.bytes() / 1e6,
          share.sharedLayers(),
          share.sharedBytes() / 1e6);
    }
    out.printf(Locale.ROOT, "kept once: %.1f of %.1f MB%n", distinctBytes / 1e6, bytes / 1e6);
  }
}
