package dev.starling.convert;

import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Log;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Rewrites one manifest around converted layers. */
final class ManifestConverter {

  private final ConfigConverter configs;
  private final LayerPipeline pipeline;
  private final TaskGroup transfers;
  private final Log log;
  private final boolean oci;
  private final ListedLayers listed;

  ManifestConverter(
      ConfigConverter configs,
      LayerPipeline pipeline,
      ListedLayers listed,
      TaskGroup transfers,
      Log log,
      boolean oci) {
    this.configs = configs;
    this.pipeline = pipeline;
    this.listed = listed;
    this.transfers = transfers;
    this.log = log;
    this.oci = oci;
  }

  /** A manifest whose layers are on their way. */
  record Started(ImagePlan.Image image, @Nullable Platform platform, List<LayerWork> layers) {}

  /** One layer on its way: converted, or copied as it is. */
  sealed interface LayerWork {
    record Converting(Descriptor source, Future<LayerPipeline.Outcome> result)
        implements LayerWork {}

    record Copying(Descriptor source, Future<Descriptor> result) implements LayerWork {}
  }

  /** A finished manifest; its blobs are in the destinations, it is not yet. */
  record Converted(RawManifest manifest, ConvertResult.ConvertedImage report) {}

  /** Begins all layers of a manifest. */
  Started start(ImagePlan.Image image, @Nullable Platform platform) {
    List<LayerWork> layers = new ArrayList<>();
    for (Descriptor layer : image.manifest().layers()) {
      layers.add(
          pipeline.converts(layer)
              ? new LayerWork.Converting(layer, pipeline.start(layer, listed.of(layer)))
              : new LayerWork.Copying(layer, pipeline.startCopy(layer)));
    }
    return new Started(image, platform, layers);
  }

  /** Waits for the layers and tells what was found in them of what is listed. */
  ConvertResult.@Nullable Prioritized count(Started started) throws IOException {
    List<LayerPipeline.Outcome> outcomes = new ArrayList<>();
    for (LayerWork work : started.layers()) {
      outcomes.add(
          switch (work) {
            case LayerWork.Converting(Descriptor _, var result) -> transfers.await(result);
            case LayerWork.Copying(Descriptor _, var _) -> new LayerPipeline.NoLayer();
          });
    }
    return listed.count(started.image(), started.platform(), outcomes);
  }

  /**
   * Waits for the layers, writes the config and makes the manifest.
   *
   * @param found what {@link #count} told
   */
  Converted finish(Started started, ConvertResult.@Nullable Prioritized found) throws IOException {
    List<Descriptor> layers = new ArrayList<>();
    List<@Nullable ConvertedLayer> conversions = new ArrayList<>();
    List<ConvertResult.Layer> reports = new ArrayList<>();
    for (LayerWork work : started.layers()) {
      switch (work) {
        case LayerWork.Converting(Descriptor layer, var result) -> {
          switch (transfers.await(result)) {
            case LayerPipeline.Converted converted -> {
              layers.add(typed(pipeline.describe(layer, converted.layer())));
              conversions.add(converted.layer());
              reports.add(report(layer, converted));
              converted.layer().warnings().forEach(text -> log.warn(layer.digest() + ": " + text));
            }
            case LayerPipeline.Kept(Digest toc) -> {
              layers.add(typed(layer));
              conversions.add(null);
              reports.add(unchanged(ConvertResult.Action.REUSED, layer, toc));
            }
            case LayerPipeline.NoLayer() -> throw new IllegalStateException("not converted");
          }
        }
        case LayerWork.Copying(Descriptor layer, var result) -> {
          layers.add(typed(transfers.await(result)));
          conversions.add(null);
          reports.add(unchanged(ConvertResult.Action.COPIED, layer, null));
        }
      }
    }
    return write(started, layers, conversions, reports, found);
  }

  private Converted write(
      Started started,
      List<Descriptor> layers,
      List<@Nullable ConvertedLayer> conversions,
      List<ConvertResult.Layer> reports,
      ConvertResult.@Nullable Prioritized found)
      throws IOException {
    RawManifest source = started.image().raw();
    Manifest manifest = started.image().manifest();
    ConfigConverter.Written config = configs.write(manifest, conversions);
    Manifest converted = manifest.withContent(typed(config.descriptor()), layers);
    if (oci) {
      converted = converted.withMediaType(MediaTypes.toOci(manifest.mediaType()));
    }
    RawManifest raw = converted.equals(manifest) ? source : converted.toRaw();
    Platform platform = started.platform() == null ? config.platform() : started.platform();
    return new Converted(
        raw,
        new ConvertResult.ConvertedImage(platform, source.digest(), raw.digest(), reports, found));
  }

  private Descriptor typed(Descriptor descriptor) {
    MediaType type = descriptor.mediaType();
    return oci ? descriptor.withMediaType(MediaTypes.toOci(type)) : descriptor;
  }

  private ConvertResult.Layer report(Descriptor layer, LayerPipeline.Converted converted) {
    ConvertedLayer result = converted.layer();
    return new ConvertResult.Layer(
        converted.takenUp() ? ConvertResult.Action.TAKEN_UP : ConvertResult.Action.CONVERTED,
        layer.digest(),
        layer.size(),
        result.digest(),
        result.size(),
        result.tocDigest(),
        result.missed().size());
  }

  private static ConvertResult.Layer unchanged(
      ConvertResult.Action action, Descriptor layer, @Nullable Digest toc) {
    return new ConvertResult.Layer(
        action, layer.digest(), layer.size(), layer.digest(), layer.size(), toc, 0);
  }
}
