/**
 * Converts images: {@link dev.starling.convert.ConvertCommand} on the surface, {@link
 * dev.starling.convert.ImageConverter} for whatever else wants to convert an image.
 *
 * <p>The flow is: resolve, choose platforms, convert each distinct layer once, rewrite config,
 * manifest and index, write them to every {@link dev.starling.convert.Destination}. What happens to
 * one layer is a {@link dev.starling.convert.LayerConversion}: a new output format is a new
 * implementation of it and an option in {@link dev.starling.convert.ConversionOptions}.
 *
 * <p>Blobs on the way live in {@link dev.starling.convert.WorkFolder} until the command succeeds,
 * so that the same command after a crash takes them up.
 */
package dev.starling.convert;
