package dev.starling.optimize;

import dev.starling.api.image.Descriptor;
import dev.starling.convert.ConvertResult;
import dev.starling.optimize.Trace.LargeFile;
import dev.starling.optimize.Trace.Moment;
import dev.starling.optimize.Trace.Total;
import dev.starling.optimize.Trace.TracedLayer;
import dev.starling.optimize.trace.Access;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Node;
import dev.starling.snapshot.layer.NodeType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what was read. */
final class TraceSummary {

  private static final int LARGEST = 10;
  private static final int MOMENTS = 20;
  private static final double BYTES_PER_SECOND = 100e6 / 8;

  private TraceSummary() {}

  /** A layer's counts. */
  static TracedLayer layer(
      int index, Descriptor descriptor, LayerTree tree, List<Access> accesses) {
    long files = 0;
    long bytes = 0;
    for (int id = 0; id < tree.size(); id++) {
      Node node = tree.node(id);
      if (node.type() == NodeType.REGULAR) {
        files++;
        bytes = saturated(bytes, node.size());
      }
    }
    List<Access> here = accesses.stream().filter(access -> access.layer() == index).toList();
    return new TracedLayer(
        index, descriptor.digest(), descriptor.size(), files, bytes, here.size(), sizes(here));
  }

  /** A hostile layer may claim files of any size. */
  private static long saturated(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long sizes(List<Access> accesses) {
    return accesses.stream().mapToLong(Access::size).reduce(0, TraceSummary::saturated);
  }

  /**
   * The image's counts.
   *
   * @param compressed the length of what each entry of the manifest became
   */
  static Total total(List<TracedLayer> layers, List<Access> accesses, List<Long> compressed) {
    long files = layers.stream().mapToLong(TracedLayer::files).sum();
    long bytes = layers.stream().mapToLong(TracedLayer::bytes).reduce(0, TraceSummary::saturated);
    long prioritized = sizes(accesses);
    double prefetched = 0;
    for (TracedLayer layer : layers) {
      if (layer.bytes() > 0) {
        long front =
            sizes(
                accesses.stream()
                    .filter(access -> access.layer() == layer.index() && !access.isSparse())
                    .toList());
        double part = (double) front / layer.bytes();
        prefetched += part * compressed.get(layer.index());
      }
    }
    return new Total(
        files,
        bytes,
        accesses.size(),
        prioritized,
        bytes == 0 ? 0 : rounded(100.0 * prioritized / bytes),
        accesses.stream().mapToLong(Access::readBytes).sum(),
        Math.round(prefetched),
        rounded(prefetched / BYTES_PER_SECOND));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** The lengths of a converted image's layers. */
  static List<Long> sizes(ConvertResult.ConvertedImage image) {
    return image.layers().stream().map(ConvertResult.Layer::size).toList();
  }

  /** The run in equal steps. */
  static List<Moment> timeline(List<Access> accesses) {
    if (accesses.isEmpty()) {
      return List.of();
    }
    long end = accesses.stream().mapToLong(Access::firstMillis).max().orElse(0);
    long step = Math.max(1, Math.ceilDiv(end, (long) MOMENTS));
    List<Moment> moments = new ArrayList<>();
    for (long millis = step; moments.isEmpty() || millis - step < end; millis += step) {
      long until = millis;
      List<Access> before = accesses.stream().filter(a -> a.firstMillis() <= until).toList();
      moments.add(new Moment(millis, before.size(), sizes(before)));
    }
    return moments;
  }

  /** The largest files. */
  static List<LargeFile> largest(List<Access> accesses) {
    return accesses.stream()
        .sorted(Comparator.comparingLong(Access::size).reversed())
        .limit(LARGEST)
        .map(a -> new LargeFile(a.layer(), a.path(), a.size(), a.readBytes()))
        .toList();
  }
}
