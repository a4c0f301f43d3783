package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.VerifyingInputStream;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.job.Progress;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Progress progress;
  private final TaskGroup transfers;
  private final TaskGroup conversions;
  private final Map<Digest, Future<Converted>> layers = new HashMap<>();

  LayerPipeline(
      ImageSource source,
      List<Destination> destinations,
      WorkFolder work,
      @Nullable LayerConversion conversion,
      Progress progress,
      TaskGroup transfers,
      TaskGroup conversions) {
    this.source = source;
    this.destinations = destinations;
    this.work = work;
    this.conversion = conversion;
    this.progress = progress;
    this.transfers = transfers;
    this.conversions = conversions;
  }

  /**
   * A layer that is in all destinations.
   *
   * @param layer what the conversion made of it
   * @param takenUp whether an earlier run made it
   */
  record Converted(ConvertedLayer layer, boolean takenUp) {}

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

  /** Begins the layer's conversion, unless it has begun for another image already. */
  synchronized Future<Converted> start(Descriptor layer) {
    return layers.computeIfAbsent(
        layer.digest(), _ -> transfers.submit(() -> transferAndConvert(layer)));
  }

  /** Copies a blob as it is to all destinations. */
  Future<Descriptor> startCopy(Descriptor blob) {
    return transfers.submit(() -> {
      try (Progress.Item item =
          progress.begin(blob.digest().shortHex(), Progress.State.PUSHING, blob.size())) {
        BlobContent content = offset -> source.openBlob(blob, offset);
        for (Destination destination : destinations) {
          destination.sink().putBlob(blob, content, destination.mountFrom());
        }
        item.finish(Progress.State.DONE);
      }
      return blob;
    });
  }

  private Converted transferAndConvert(Descriptor layer) throws IOException {
    try (Progress.Item item =
        progress.begin(layer.digest().shortHex(), Progress.State.WAITING, layer.size())) {
      String key = keyOf(layer);
      Finished finished = takeUp(key);
      boolean takenUp = finished != null;
      if (takenUp) {
        // What the layer was made from may still lie there and is not needed any more.
        work.markUsed(work.downloads().file(layer.digest()));
      }
      if (finished == null) {
        BlobContent content = fetch(layer, item);
        finished = convert(content, key, item);
      }
      push(layer, finished, item);
      item.finish(Progress.State.DONE);
      return new Converted(finished.layer(), takenUp);
    } catch (IOException e) {
      throw new CommandException("layer " + layer.digest() + ": " + e.getMessage(), e);
    }
  }

  private record Finished(ConvertedLayer layer, Path file) {}

  private @Nullable Finished takeUp(String key) throws IOException {
    WorkFolder.Finished kept = work.finished(key);
    if (kept == null) {
      return null;
    }
    ConvertedLayer layer = LayerRecord.read(kept.record());
    return layer != null && Files.size(kept.file()) == layer.size()
        ? new Finished(layer, kept.file())
        : null;
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

  private Finished convert(BlobContent content, String key, Progress.Item item) throws IOException {
    item.state(Progress.State.WAITING, -1);
    return conversions.await(
        conversions.submit(() -> {
          item.state(Progress.State.CONVERTING, -1);
          Path target = work.scratchFile(".layer");
          ConvertedLayer converted =
              conversion().convert(content, target, work.scratch(), item::advance);
          work.keep(key, target, LayerRecord.write(converted));
          return new Finished(converted, target);
        }));
  }

  private void push(Descriptor layer, Finished finished, Progress.Item item) throws IOException {
    Descriptor descriptor = describe(layer, finished.layer());
    item.state(Progress.State.PUSHING, descriptor.size());
    for (Destination destination : destinations) {
      destination.sink().putFile(descriptor, finished.file());
    }
    Files.deleteIfExists(finished.file());
  }

  private String keyOf(Descriptor layer) {
    String what = layer.digest() + "\n" + conversion().fingerprint();
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
