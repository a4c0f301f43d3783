package dev.starling.snapshot.client;

import java.nio.file.Path;

/**
 * A layer that is mounted.
 *
 * @param digest its digest
 * @param directory where; an overlay may be mounted above it
 * @param lazy whether it is fetched as it is read
 * @param kind its format if it is lazy, else why it is not
 */
public record HeldLayer(String digest, Path directory, boolean lazy, String kind) {}
