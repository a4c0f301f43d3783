/**
 * What another plugin asks of the daemon: {@link dev.starling.snapshot.client.LazyImages} has an
 * image's layers mounted, by a daemon that is started if none runs, and keeps them mounted while
 * they are used. The layers are shared with {@code rpull} and with everybody else who uses them.
 *
 * <pre>
 *   try (HeldImage image = LazyImages.hold(context, ImageRequest.of(reference))) {
 *     image.directories(); // for overlayfs, the top one first
 *     image.config();
 *   }
 * </pre>
 *
 * <p>A further service of the daemon is a call in {@code Calls} of the daemon's package and a
 * method here that neither shows nor takes a type of a package that is not exported.
 */
package dev.starling.snapshot.client;
