package dev.starling.optimize.trace;

/**
 * A part of a file.
 *
 * @param offset of its first byte
 * @param length in bytes, 1 or more
 */
public record ByteRange(long offset, long length) {}
