package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Log;
import dev.starling.api.job.TaskGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites one manifest and its config around converted layers, as containerd's converter does
 * (which see for what happens to media types and to the config's keys).
 */
final class ManifestConverter {

  private final ImageSource source;
  private final List<Destination> destinations;
  private final LayerPipeline pipeline;
  private final TaskGroup transfers;
  private final Log log;
  private final boolean oci;

  ManifestConverter(
      ImageSource source,
      List<Destination> destinations,
      LayerPipeline pipeline,
      TaskGroup transfers,
      Log log,
      boolean oci) {
    this.source = source;
    this.destinations = destinations;
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
    Descriptor config = writeConfig(started.manifest(), conversions);
    Manifest manifest = started.manifest();
    Manifest converted = manifest.withContent(typed(config), layers);
    if (oci) {
      converted = converted.withMediaType(MediaTypes.toOci(manifest.mediaType()));
    }
    RawManifest raw = converted.equals(manifest) ? started.raw() : converted.toRaw();
    return new Converted(
        raw, ImageConverter.report(started.platform(), started.raw().digest(), raw, reports));
  }

  private Descriptor typed(Descriptor descriptor) {
    MediaType type = descriptor.mediaType();
    return oci ? descriptor.withMediaType(MediaTypes.toOci(type)) : descriptor;
  }

  private Descriptor writeConfig(Manifest manifest, List<@Nullable ConvertedLayer> conversions)
      throws IOException {
    Descriptor old = manifest.config();
    byte[] bytes = read(old);
    if (conversions.stream().anyMatch(layer -> layer != null)) {
      ImageConfig config = ImageConfig.parse(bytes);
      bytes = config.withDiffIds(newDiffIds(manifest, config, conversions)).bytes();
    }
    Digest digest = Digest.sha256(bytes);
    Descriptor config = digest.equals(old.digest()) ? old : old.withContent(digest, bytes.length);
    byte[] content = bytes;
    for (Destination destination : destinations) {
      destination
          .sink()
          .putBlob(
              config,
              offset ->
                  new ByteArrayInputStream(content, (int) offset, content.length - (int) offset),
              destination.mountFrom());
    }
    return config;
  }

  private static List<Digest> newDiffIds(
      Manifest manifest, ImageConfig config, List<@Nullable ConvertedLayer> conversions)
      throws IOException {
    List<Digest> diffIds = config.diffIds();
    if (diffIds.size() != conversions.size()) {
      throw new InvalidImageException(
          "the config %s lists %d layers, the manifest %d; the image is damaged"
              .formatted(manifest.config().digest(), diffIds.size(), conversions.size()));
    }
    List<Digest> result = new ArrayList<>();
    for (int i = 0; i < diffIds.size(); i++) {
      ConvertedLayer layer = conversions.get(i);
      if (layer == null) {
        result.add(diffIds.get(i));
        continue;
      }
      if (!layer.sourceDiffId().equals(diffIds.get(i))) {
        throw new CommandException(
            "layer %s: its content is %s, but the image's config says %s; the image is damaged"
                .formatted(
                    manifest.layers().get(i).digest(), layer.sourceDiffId(), diffIds.get(i)));
      }
      result.add(layer.diffId());
    }
    return result;
  }

  private byte[] read(Descriptor config) throws IOException {
    if (config.size() > ImageConfig.MAX_SIZE) {
      throw new InvalidImageException(
          "the config %s has %d bytes; at most %d are accepted"
              .formatted(config.digest(), config.size(), ImageConfig.MAX_SIZE));
    }
    try (InputStream in = source.openBlob(config)) {
      return in.readAllBytes();
    }
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
