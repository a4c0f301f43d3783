/**
 * Which files of an image are laid in front of their layers. {@link
 * dev.starling.convert.prefetch.RecordFile} reads and writes what a tracer recorded, {@link
 * dev.starling.convert.prefetch.PrefetchList} reads what a person wrote; both give {@link
 * dev.starling.convert.prefetch.ListedFile}s. {@link dev.starling.convert.prefetch.LayerLists} says
 * which of them go for which layer, and {@link dev.starling.convert.prefetch.WantedFiles} finds
 * them in it, on whatever platform.
 *
 * <p>Another source of lists needs only to make ListedFiles.
 */
package dev.starling.convert.prefetch;
