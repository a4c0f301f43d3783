package dev.starling.convert;

import dev.starling.api.copy.PlatformSelection;
import dev.starling.convert.prefetch.LayerLists;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a conversion.
 *
 * @param platforms which of an index's images
 * @param conversion what layers become, or null to keep them
 * @param oci whether media types become OCI's
 * @param lists the files to lay in front of layers
 * @param reuse whether layers that have the wanted form already, and that no list touches, are kept
 * @param strict whether it is an error that a listed file is in no layer of any image; nothing is
 *     written then
 */
public record ConversionRequest(
    PlatformSelection platforms,
    @Nullable LayerConversion conversion,
    boolean oci,
    LayerLists lists,
    boolean reuse,
    boolean strict) {

  /** A request without lists that converts every layer. */
  public static ConversionRequest of(
      PlatformSelection platforms, @Nullable LayerConversion conversion, boolean oci) {
    return new ConversionRequest(platforms, conversion, oci, LayerLists.none(), false, false);
  }

  /** The same with files to lay in front. */
  public ConversionRequest withLists(LayerLists files, boolean required) {
    return new ConversionRequest(platforms, conversion, oci, files, reuse, required);
  }

  /** The same keeping layers that need no conversion, or not. */
  public ConversionRequest withReuse(boolean keep) {
    return new ConversionRequest(platforms, conversion, oci, lists, keep, strict);
  }
}
