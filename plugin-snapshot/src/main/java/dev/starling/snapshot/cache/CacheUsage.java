package dev.starling.snapshot.cache;

/**
 * What a cache holds.
 *
 * @param files how many files
 * @param size how much of the disk they take, in bytes
 * @param limit how much they may take
 */
public record CacheUsage(long files, long size, long limit) {}
