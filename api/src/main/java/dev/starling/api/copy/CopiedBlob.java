package dev.starling.api.copy;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;

/**
 * A layer or config and what became of it.
 *
 * @param blob the blob
 * @param outcome whether it was there, mounted or written
 */
public record CopiedBlob(Descriptor blob, ImageSink.Outcome outcome) {}
