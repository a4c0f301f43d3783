package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.VerifyingInputStream;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.estargz.TocBlob;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.job.Progress;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes layers from the source through the conversion to the destinations: each distinct layer
 * once, transfers beside conversions. Thread-safe.
 */
final class LayerPipeline {

  private final ImageSource source;
  private final List<Destination> destinations;
  private final WorkFolder work;
  private final @Nullable LayerConversion conversion;
  private final @Nullable ReuseCheck reuse;
  private final Progress progress;
  private final LayerListener listener;
  private final TaskGroup transfers;
  private final TaskGroup conversions;
  private final Map<Key, Future<Outcome>> layers = new HashMap<>();
  private final Map<Digest, Future<Descriptor>> copies = new HashMap<>();
  private final Map<Digest, TocBlob> tocs = new ConcurrentHashMap<>();
  private final List<TaskGroup.Part> held = new ArrayList<>();
  private boolean holding;

  LayerPipeline(
      ImageSource source,
      List<Destination> destinations,
      WorkFolder work,
      ConversionRequest request,
      Progress progress,
      LayerListener listener,
      TaskGroup transfers,
      TaskGroup conversions) {
    this.source = source;
    this.destinations = destinations;
    this.work = work;
    this.conversion = request.conversion();
    this.reuse = request.reuse() && conversion != null ? new ReuseCheck(source, conversion) : null;
    this.holding = request.strict();
    this.progress = progress;
    this.listener = listener;
    this.transfers = transfers;
    this.conversions = conversions;
  }

  /** What became of a layer. */
  sealed interface Outcome {}

  /**
   * A layer that was converted.
   *
   * @param layer what the conversion made of it
   * @param takenUp whether an earlier run made it
   */
  record Converted(ConvertedLayer layer, boolean takenUp) implements Outcome {}

  /** A layer that had the wanted form already. */
  record Kept(Digest tocDigest) implements Outcome {}

  /** Something else than a layer, copied as it is. */
  record NoLayer() implements Outcome {}

  /** A layer; whether it can be kept depends on what its descriptor says of its TOC, too. */
  private record Key(Digest digest, @Nullable String tocDigest) {}

  /** Whether this is a layer to convert, rather than a blob to copy. */
  boolean converts(Descriptor layer) {
    return conversion != null && layer.mediaType().isLayer();
  }

  /** The descriptor of what a layer was converted to. */
  Descriptor describe(Descriptor layer, ConvertedLayer converted) {
    return conversion().describe(layer, converted);
  }

  private LayerConversion conversion() {
    return Objects.requireNonNull(conversion, "nothing is converted");
  }

  /**
   * Begins the layer's conversion, unless it has begun for another image already.
   *
   * @param files to lay in front; the same for every image that has the layer
   */
  synchronized Future<Outcome> start(Descriptor layer, Prioritization files) {
    String toc = reuse == null ? null : layer.annotations().get(EstargzAnnotations.TOC_DIGEST);
    return layers.computeIfAbsent(
        new Key(layer.digest(), toc), _ -> transfers.submit(() -> process(layer, files)));
  }

  /** Copies a blob as it is to all destinations, once. */
  synchronized Future<Descriptor> startCopy(Descriptor blob) {
    return copies.computeIfAbsent(
        blob.digest(),
        _ -> {
          if (holding) {
            held.add(() -> copy(blob));
            return CompletableFuture.completedFuture(blob);
          }
          return transfers.submit(() -> copy(blob));
        });
  }

  /** Begins to write what was held back until now. */
  synchronized void release() {
    holding = false;
    held.forEach(transfers::fork);
    held.clear();
  }

  /** Writes now, or once that is allowed. */
  private void write(TaskGroup.Part part) throws Exception {
    synchronized (this) {
      if (holding) {
        held.add(part);
        return;
      }
    }
    part.run();
  }

  private Descriptor copy(Descriptor blob) throws IOException {
    try (Progress.Item item =
        progress.begin(blob.digest().shortHex(), Progress.State.PUSHING, blob.size())) {
      BlobContent content = offset -> source.openBlob(blob, offset);
      for (Destination destination : destinations) {
        destination.sink().putBlob(blob, content, destination.mountFrom());
      }
      item.finish(Progress.State.DONE);
    }
    return blob;
  }

  private Outcome process(Descriptor layer, Prioritization files) throws Exception {
    Digest toc = reuse == null ? null : reuse.tocOf(layer, files);
    if (toc == null) {
      return convert(layer, conversion().prioritizing(files));
    }
    listener.kept(layer.digest());
    write(() -> copy(layer));
    return new Kept(toc);
  }

  private Converted convert(Descriptor layer, LayerConversion how) throws Exception {
    try (Progress.Item item =
        progress.begin(layer.digest().shortHex(), Progress.State.WAITING, layer.size())) {
      String key = keyOf(layer, how);
      Finished finished = takeUp(key);
      boolean takenUp = finished != null;
      if (takenUp) {
        // What the layer was made from may still lie there and is not needed any more.
        work.markUsed(work.downloads().file(layer.digest()));
      }
      Finished made = finished == null ? make(layer, how, key, item) : finished;
      listener.converted(layer.digest(), made.layer().digest());
      write(() -> push(layer, made));
      item.finish(Progress.State.DONE);
      return new Converted(made.layer(), takenUp);
    }
  }

  /** A converted layer in a scratch file, with the file of its external TOC beside it. */
  private record Finished(ConvertedLayer layer, Path file, Path toc) {}

  private @Nullable Finished takeUp(String key) throws IOException {
    WorkFolder.Finished kept = work.finished(key);
    if (kept == null) {
      return null;
    }
    ConvertedLayer layer = LayerRecord.read(kept.record());
    if (layer == null || Files.size(kept.file()) != layer.size()) {
      return null;
    }
    TocBlob toc = layer.tocBlob();
    if (toc == null) {
      return new Finished(layer, kept.file(), kept.file());
    }
    WorkFolder.Finished keptToc = work.finished(tocKey(key));
    return keptToc != null && Files.size(keptToc.file()) == toc.size()
        ? new Finished(layer, kept.file(), keptToc.file())
        : null;
  }

  private static String tocKey(String key) {
    return key + ".toc";
  }

  private BlobContent fetch(Descriptor layer, Progress.Item item) throws IOException {
    Path local = source.localFile(layer);
    if (local != null) {
      return offset -> verified(layer, local, offset);
    }
    item.state(Progress.State.DOWNLOADING, layer.size());
    work.downloads()
        .put(layer, offset -> new CountingInputStream(source.openBlob(layer, offset), item));
    Path file = work.downloads().require(layer);
    work.markUsed(file);
    return offset -> open(file, offset);
  }

  private Finished make(Descriptor layer, LayerConversion how, String key, Progress.Item item)
      throws IOException {
    BlobContent content = fetch(layer, item);
    item.state(Progress.State.WAITING, -1);
    // Named inside: whoever waits beside it is told of the same failure.
    return conversions.await(
        conversions.submit(
            () -> LayerFailure.naming(layer, () -> convert(content, how, key, item))));
  }

  private Finished convert(BlobContent content, LayerConversion how, String key, Progress.Item item)
      throws IOException {
    item.state(Progress.State.CONVERTING, -1);
    Path target = work.scratchFile(".layer");
    ConvertedLayer converted = how.convert(content, target, work.scratch(), item::advance);
    Path toc = LayerConverter.tocFile(target);
    if (converted.tocBlob() != null) {
      work.keep(tocKey(key), toc, ""); // before the layer, which is taken up only with it
    }
    work.keep(key, target, LayerRecord.write(converted));
    return new Finished(converted, target, toc);
  }

  private void push(Descriptor layer, Finished finished) throws IOException {
    Descriptor descriptor = describe(layer, finished.layer());
    TocBlob toc = finished.layer().tocBlob();
    try (Progress.Item item =
        progress.begin(layer.digest().shortHex(), Progress.State.PUSHING, descriptor.size())) {
      for (Destination destination : destinations) {
        destination.sink().putFile(descriptor, finished.file());
        if (toc != null) {
          destination.sink().putFile(TocImage.describe(toc), finished.toc());
        }
      }
      Files.deleteIfExists(finished.file());
      if (toc != null) {
        tocs.put(descriptor.digest(), toc);
        Files.deleteIfExists(finished.toc());
      }
      item.finish(Progress.State.DONE);
    }
  }

  /** The external TOCs of the layers that are in all destinations, by the layers' digests. */
  Map<Digest, TocBlob> tocs() {
    return Map.copyOf(tocs);
  }

  /** Names the result of a conversion in the work folder. */
  static String keyOf(Descriptor layer, LayerConversion how) {
    String what = layer.digest() + "\n" + how.fingerprint();
    return Digest.sha256(what.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static InputStream open(Path file, long offset) throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(offset);
    return in;
  }

  private static InputStream verified(Descriptor layer, Path file, long offset) throws IOException {
    InputStream in = open(file, offset);
    return offset == 0 ? new VerifyingInputStream(in, layer) : in;
  }
}
