package dev.starling.convert;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code convert} did.
 *
 * @param source the image that was converted, as it was named
 * @param target the name of the result, as it was given
 * @param digest the digest of the result's manifest or index, or null if nothing was done
 * @param mediaType the type of the result, or null if nothing was done
 * @param images the images in it, one a platform
 * @param codec the compressor, on which the digests depend
 * @param written the places it was written to, or would be
 * @param unmatched how many listed files are in none of the images
 * @param tocImage the image of its external TOCs beside it, or null if there is none
 * @param plan what would be done, after {@code --dry-run}; else null
 * @param nextStep a command that would be the next, or null
 */
public record ConvertResult(
    String source,
    String target,
    @Nullable Digest digest,
    @Nullable MediaType mediaType,
    List<ConvertedImage> images,
    String codec,
    List<String> written,
    int unmatched,
    @Nullable TocImageName tocImage,
    @Nullable ConversionPlan plan,
    @Nullable String nextStep)
    implements CommandResult {

  public ConvertResult {
    images = List.copyOf(images);
    written = List.copyOf(written);
  }

  /**
   * The TOC image.
   *
   * @param name its name; it is wherever the image is
   * @param digest the digest of its manifest
   */
  public record TocImageName(String name, Digest digest) {}

  /**
   * One platform's image.
   *
   * @param platform the platform, or null if the image does not say
   * @param source the digest of the source's manifest
   * @param digest the digest of the converted manifest
   * @param layers the layers, base first
   * @param prioritized what was found of the listed files, or null if none were listed
   */
  public record ConvertedImage(
      @Nullable Platform platform,
      Digest source,
      Digest digest,
      List<Layer> layers,
      @Nullable Prioritized prioritized) {

    public ConvertedImage {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What was found of the files that were listed to lie in front.
   *
   * @param listed how many paths and patterns the lists have for this image
   * @param asListed how many are there as they were listed
   * @param byCounterpart how many are there under the name that this platform has for them
   * @param missing how many are not there
   */
  public record Prioritized(int listed, int asListed, int byCounterpart, int missing) {}

  /** What became of a layer. */
  public enum Action {
    /** Converted now. */
    CONVERTED,
    /** Converted by an earlier run of the same command that did not come to its end. */
    TAKEN_UP,
    /** Had the wanted form already and no listed file in it: copied as it is. */
    REUSED,
    /** Not a layer to convert: copied as it is. */
    COPIED
  }

  /**
   * One layer.
   *
   * @param action what became of it
   * @param source the digest of the source's blob
   * @param sourceSize its length in bytes
   * @param digest the digest of the result's blob
   * @param size its length in bytes
   * @param tocDigest the digest of its TOC, or null if it has none
   * @param missed how many prioritized files the layer does not have
   */
  public record Layer(
      Action action,
      Digest source,
      long sourceSize,
      Digest digest,
      long size,
      @Nullable Digest tocDigest,
      int missed) {}

  @Override
  public void writeText(PrintWriter out) {
    if (plan != null) {
      plan.writeText(written, out);
      return;
    }
    for (ConvertedImage image : images) {
      long before = image.layers().stream().mapToLong(Layer::sourceSize).sum();
      long after = image.layers().stream().mapToLong(Layer::size).sum();
      out.printf(
          Locale.ROOT,
          "%s: %d layers, %.1f MB -> %.1f MB%n",
          image.platform() == null ? "image" : image.platform(),
          image.layers().size(),
          before / 1e6,
          after / 1e6);
      writeText(image.prioritized(), out);
    }
    out.println(digest);
    written.forEach(place -> out.println("written to " + place));
    if (tocImage != null) {
      out.println("with its TOC image " + tocImage.name() + " beside it");
    }
    if (nextStep != null) {
      out.println("next: " + nextStep);
    }
  }

  private static void writeText(@Nullable Prioritized files, PrintWriter out) {
    if (files != null) {
      out.printf(
          Locale.ROOT,
          "  %d files listed: %d found as listed, %d by a counterpart, %d not there%n",
          files.listed(),
          files.asListed(),
          files.byCounterpart(),
          files.missing());
    }
  }
}
