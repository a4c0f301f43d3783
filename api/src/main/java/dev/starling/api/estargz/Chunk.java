package dev.starling.api.estargz;

import dev.starling.api.image.Digest;

/**
 * A piece of a file's content and where a layer keeps it.
 *
 * @param fileOffset where it belongs in the file, in bytes
 * @param size its length in bytes, at least 1
 * @param offset where in the layer the compressed data begin that hold it
 * @param innerOffset how many of the decompressed bytes come before it
 * @param end where in the layer the next data begin: what has to be fetched ends there
 * @param digest of its bytes
 */
public record Chunk(
    long fileOffset, long size, long offset, long innerOffset, long end, Digest digest) {}
