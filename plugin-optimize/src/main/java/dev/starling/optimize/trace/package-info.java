/**
 * Learns which files of which layer a container reads: the layers are mounted lazily by this
 * process itself, with every opening and reading told to {@link
 * dev.starling.optimize.trace.AccessRecorder}. These mounts are fresh and nobody else's: what some
 * other mount has brought into the page cache would not be asked for again, and so not be seen.
 *
 * <p>{@link dev.starling.optimize.trace.TracedImage} opens and mounts the layers of an image,
 * {@link dev.starling.optimize.trace.FetchedOnce} keeps what that fetches for the conversion which
 * follows. Files that are bind-mounted, and those that the container writes, are in no layer and so
 * never seen; neither is a {@code stat}.
 */
package dev.starling.optimize.trace;
