package dev.starling.snapshot;

import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The daemon's figures as text.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus's text
 *     format</a>
 */
final class Metrics {

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  static String of(Calls.Status status) {
    Map<Integer, LayerStatus> layers = new TreeMap<>();
    status.images().forEach(image -> image.layers().forEach(l -> layers.put(l.snapshot(), l)));
    Metrics metrics = new Metrics();
    metrics.gauge("starling_images", "Images whose layers are held.", status.images().size());
    metrics.gauge("starling_mounts", "Mounts of whole images.", status.mounts().size());
    Collection<LayerStatus> all = layers.values();
    metrics.perLayer("size_bytes", "Length of the layer.", all, LayerStatus::size);
    metrics.perLayer("fetched_bytes", "Bytes on this machine.", all, LayerStatus::fetchedSize);
    metrics.perLayer(
        "prefetched_bytes", "Bytes fetched before use.", all, LayerStatus::prefetchedSize);
    metrics.perLayer(
        "network_bytes", "Bytes that came over the network.", all, LayerStatus::networkBytes);
    metrics.perLayer(
        "hit_ratio", "Part of reads that needed no fetching.", all, LayerStatus::hitRate);
    metrics.perLayer(
        "ready", "Whether the layer can be read.", all, l -> l.state().equals("ready") ? 1 : 0);
    return metrics.text.toString();
  }

  private void gauge(String name, String help, double value) {
    describe(name, help);
    text.append(name).append(' ').append(number(value)).append('\n');
  }

  private void perLayer(
      String what, String help, Collection<LayerStatus> layers, ToDoubleFunction<LayerStatus> of) {
    String name = "starling_layer_" + what;
    describe(name, help);
    for (LayerStatus layer : layers) {
      text.append(name)
          .append("{digest=\"")
          .append(layer.digest())
          .append("\",snapshot=\"")
          .append(layer.snapshot())
          .append("\"} ")
          .append(number(of.applyAsDouble(layer)))
          .append('\n');
    }
  }

  private void describe(String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
