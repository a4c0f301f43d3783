/**
 * Layers as file systems for FUSE: {@link dev.starling.snapshot.view.LayerView} is one layer as
 * overlayfs wants it, {@link dev.starling.snapshot.view.MergedView} all layers of an image as one
 * tree, for whoever cannot mount an overlay.
 *
 * <p>What a layer says with file names, overlayfs says otherwise, and a merged tree not at all: see
 * {@link dev.starling.snapshot.view.Whiteouts}, the only place that knows those names. The two
 * views are tested against each other: what overlayfs makes of the one must equal the other.
 */
package dev.starling.snapshot.view;
