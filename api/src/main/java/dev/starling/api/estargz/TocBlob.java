package dev.starling.api.estargz;

import dev.starling.api.image.Digest;

/**
 * The blob that holds the TOC of a layer with an external one: a gzipped tar of that single file.
 *
 * @param digest the blob's digest, not that of the TOC in it
 * @param size the blob's length in bytes
 */
public record TocBlob(Digest digest, long size) {}
