package dev.starling.convert;

import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code convert --dry-run} found: what would be done. Sizes are the source's; those of
 * converted layers are not known before.
 *
 * @param images the images that would be in the result, one a platform
 * @param others how many entries of the index, such as attestations, would be taken along as they
 *     are
 * @param tocImage the name of the TOC image that would be written beside the result, or null for
 *     none
 */
public record ConversionPlan(List<PlannedImage> images, int others, @Nullable String tocImage) {

  public ConversionPlan {
    images = List.copyOf(images);
  }

  /**
   * One platform's image.
   *
   * @param platform the platform, or null if the index does not say
   * @param source the digest of the source's manifest
   * @param layers the layers, base first
   */
  public record PlannedImage(
      @Nullable Platform platform, Digest source, List<PlannedLayer> layers) {
    public PlannedImage {
      layers = List.copyOf(layers);
    }
  }

  /** What would become of a layer. */
  public enum Action {
    /** It would be converted. */
    CONVERT,
    /** An earlier run that did not come to its end has converted it. */
    TAKE_UP,
    /** It has the wanted form and would be kept. */
    REUSE,
    /** It is no layer to convert and would be copied. */
    COPY
  }

  /** How a blob would get to a place. */
  public enum Transfer {
    /** It is there. */
    EXISTS,
    /** It lies in another repository of that registry, which is asked to link it. */
    MOUNT,
    /** It would be written. */
    WRITE
  }

  /**
   * One layer.
   *
   * @param action what would become of it
   * @param source the digest of the source's blob
   * @param sourceSize its length in bytes
   * @param transfers how the result would get to each place, in the order of the result's places
   */
  public record PlannedLayer(
      Action action, Digest source, long sourceSize, List<Transfer> transfers) {
    public PlannedLayer {
      transfers = List.copyOf(transfers);
    }
  }

  /** The same with a TOC image of that name beside it. */
  ConversionPlan withTocImage(@Nullable String name) {
    return new ConversionPlan(images, others, name);
  }

  /** Writes it as a table. */
  void writeText(List<String> places, PrintWriter out) {
    for (PlannedImage image : images) {
      out.println(image.platform() == null ? "image" : image.platform());
      for (PlannedLayer layer : image.layers()) {
        out.printf(
            Locale.ROOT,
            "  %-8s %s %9.1f MB  %s%n",
            layer.action().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            layer.source().shortHex(),
            layer.sourceSize() / 1e6,
            transfers(layer));
      }
    }
    if (others > 0) {
      out.println(others + " other entries of the index would be taken along as they are");
    }
    places.forEach(place -> out.println("would be written to " + place));
    if (tocImage != null) {
      out.println("its TOC image would be " + tocImage);
    }
    out.println("nothing was written");
  }

  private static String transfers(PlannedLayer layer) {
    return String.join(
        ", ",
        layer.transfers().stream()
            .map(transfer ->
                switch (transfer) {
                  case EXISTS -> "is there already";
                  case MOUNT -> "would be mounted";
                  case WRITE ->
                      layer.action() == Action.CONVERT
                          ? "would be written, its size is not known yet"
                          : "would be written";
                })
            .toList());
  }
}
