package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rewrites image configs around converted layers, as containerd's converter does. */
record ConfigConverter(ImageSource source, List<Destination> destinations) {

  /**
   * A config that is in all destinations.
   *
   * @param platform the platform it names, if it was looked at
   */
  record Written(Descriptor descriptor, @Nullable Platform platform) {}

  /**
   * Writes the config of an image whose layers were converted.
   *
   * @param conversions what became of each layer, null where it was kept
   * @throws InvalidImageException if the config is damaged or does not fit the manifest
   */
  Written write(Manifest manifest, List<@Nullable ConvertedLayer> conversions) throws IOException {
    byte[] bytes = read(manifest.config());
    if (conversions.stream().allMatch(layer -> layer == null)) {
      return new Written(put(manifest.config(), bytes), null); // maybe no image's config at all
    }
    ImageConfig config = ImageConfig.parse(bytes);
    List<Digest> diffIds = newDiffIds(manifest, config, conversions);
    boolean same = diffIds.equals(config.diffIds());
    byte[] rewritten = same ? bytes : config.withDiffIds(diffIds).bytes();
    return new Written(put(manifest.config(), rewritten), config.platform());
  }

  /** The platform that the index or else the image's config names, or null if none does. */
  @Nullable Platform platform(ImagePlan.Image image) throws IOException {
    return image.platform() == null
        ? ImageConfig.parse(read(image.manifest().config())).platform()
        : image.platform();
  }

  private Descriptor put(Descriptor old, byte[] content) throws IOException {
    Digest digest = Digest.sha256(content);
    Descriptor config = digest.equals(old.digest()) ? old : old.withContent(digest, content.length);
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
}
