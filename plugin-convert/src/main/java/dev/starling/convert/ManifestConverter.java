package dev.starling.convert;

import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.InvalidImageException;
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

  ManifestConverter(
      ConfigConverter configs, LayerPipeline pipeline, TaskGroup transfers, Log log, boolean oci) {
    this.configs = configs;
    this.pipeline = pipeline;
    this.transfers = transfers;
    this.log = log;
    this.oci = oci;
  }

  /** A manifest whose layers are on their way. */
  record Started(
      RawManifest raw, Manifest manifest, @Nullable Platform platform, List<LayerWork> layers) {}

  /** One layer on its way: converted, or copied as it is. */
  sealed interface LayerWork {
    record Converting(Descriptor source, Future<LayerPipeline.Converted> result)
        implements LayerWork {}

    record Copying(Descriptor source, Future<Descriptor> result) implements LayerWork {}
  }

  /** A finished manifest; its blobs are in the destinations, it is not yet. */
  record Converted(RawManifest manifest, ConvertResult.ConvertedImage report) {}

  /** Begins all layers of a manifest. */
  Started start(RawManifest raw, @Nullable Platform platform) throws IOException {
    if (!raw.mediaType().isManifest()) {
      throw new InvalidImageException(
          raw.digest() + " is a " + raw.mediaType() + "; expected an image manifest");
    }
    Manifest manifest = Manifest.parse(raw);
    List<LayerWork> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layers.add(
          pipeline.converts(layer)
              ? new LayerWork.Converting(layer, pipeline.start(layer))
              : new LayerWork.Copying(layer, pipeline.startCopy(layer)));
    }
    return new Started(raw, manifest, platform, layers);
  }

  /** Waits for the layers, writes the config and makes the manifest. */
  Converted finish(Started started) throws IOException {
    List<Descriptor> layers = new ArrayList<>();
    List<@Nullable ConvertedLayer> conversions = new ArrayList<>();
    List<ConvertResult.Layer> reports = new ArrayList<>();
    for (LayerWork work : started.layers()) {
      switch (work) {
        case LayerWork.Converting(Descriptor layer, var result) -> {
          LayerPipeline.Converted converted = transfers.await(result);
          layers.add(typed(pipeline.describe(layer, converted.layer())));
          conversions.add(converted.layer());
          reports.add(report(layer, converted));
          converted.layer().warnings().forEach(text -> log.warn(layer.digest() + ": " + text));
        }
        case LayerWork.Copying(Descriptor layer, var result) -> {
          layers.add(typed(transfers.await(result)));
          conversions.add(null);
          reports.add(copied(layer));
        }
      }
    }
    Manifest manifest = started.manifest();
    ConfigConverter.Written config = configs.write(manifest, conversions);
    Manifest converted = manifest.withContent(typed(config.descriptor()), layers);
    if (oci) {
      converted = converted.withMediaType(MediaTypes.toOci(manifest.mediaType()));
    }
    RawManifest raw = converted.equals(manifest) ? started.raw() : converted.toRaw();
    Platform platform = started.platform() == null ? config.platform() : started.platform();
    return new Converted(
        raw,
        new ConvertResult.ConvertedImage(platform, started.raw().digest(), raw.digest(), reports));
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

  private static ConvertResult.Layer copied(Descriptor layer) {
    return new ConvertResult.Layer(
        ConvertResult.Action.COPIED,
        layer.digest(),
        layer.size(),
        layer.digest(),
        layer.size(),
        null,
        0);
  }
}
