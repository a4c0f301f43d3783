/**
 * Copying whole images from one repository to another: from a registry into the local store (pull),
 * out of it (push), or between registries and layouts. {@link dev.starling.api.copy.ImageCopy}
 * moves what the sink lacks, several blobs at a time, and makes an image visible only when all of
 * it is there.
 *
 * <p>It stands above {@link dev.starling.api.content}, whose interfaces are one repository's two
 * faces. Which images of an index are copied is a {@link dev.starling.api.copy.PlatformSelection};
 * a new kind of choice is a new permitted type there.
 */
package dev.starling.api.copy;
