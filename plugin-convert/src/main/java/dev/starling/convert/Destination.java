package dev.starling.convert;

import dev.starling.api.content.ImageSink;
import org.jspecify.annotations.Nullable;

/**
 * One place that a converted image is written to.
 *
 * @param sink the repository
 * @param tag the tag to give the image, or null for its digest only
 * @param where how to call the place in messages
 * @param mountFrom a repository of the same registry that has the source's blobs, or null
 */
public record Destination(
    ImageSink sink, @Nullable String tag, String where, @Nullable String mountFrom) {}
