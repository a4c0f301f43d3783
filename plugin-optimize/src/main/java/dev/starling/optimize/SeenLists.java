package dev.starling.optimize;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.convert.ConvertResult;
import dev.starling.convert.prefetch.AccessRecord;
import dev.starling.convert.prefetch.LayerLists;
import dev.starling.convert.prefetch.ListedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a run has shown, for the conversion and for the result. */
final class SeenLists {

  private SeenLists() {}

  /**
   * Each layer of the image that was run gets what was read of it; the layers of other images get
   * all that was read, since nobody knows which of their layers is which.
   */
  static LayerLists of(TracedRun.Seen seen) {
    Digest manifest = seen.image().raw().digest();
    List<ListedFile> all = new ArrayList<>();
    Map<LayerLists.Layer, List<ListedFile>> own = new HashMap<>();
    int count = seen.image().manifest().layers().size();
    for (int i = 0; i < count; i++) {
      own.put(new LayerLists.Layer(manifest, i), new ArrayList<>());
    }
    for (AccessRecord record : TraceFile.records(manifest, seen.accesses())) {
      ListedFile file = ListedFile.recorded(record);
      all.add(file);
      Integer layer = record.layerIndex();
      if (layer != null) {
        own.computeIfAbsent(new LayerLists.Layer(manifest, layer), _ -> new ArrayList<>())
            .add(file);
      }
    }
    return new LayerLists(all, own);
  }

  /** The result's part about the run. */
  static Trace trace(TracedRun.Seen seen, ConvertResult converted) {
    Digest manifest = seen.image().raw().digest();
    List<Long> compressed =
        converted.images().stream()
            .filter(image -> image.source().equals(manifest))
            .findFirst()
            .map(TraceSummary::sizes)
            .orElseGet(
                () -> seen.image().manifest().layers().stream().map(Descriptor::size).toList());
    return new Trace(
        seen.image().config().platform(),
        manifest,
        seen.end(),
        seen.millis(),
        seen.layers(),
        TraceSummary.total(seen.layers(), seen.accesses(), compressed),
        TraceSummary.timeline(seen.accesses()),
        TraceSummary.largest(seen.accesses()),
        seen.accesses());
  }
}
