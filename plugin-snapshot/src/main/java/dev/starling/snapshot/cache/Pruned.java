package dev.starling.snapshot.cache;

/**
 * What was removed from a cache.
 *
 * @param files how many files
 * @param size how many bytes they took
 * @param kept what is left
 */
public record Pruned(long files, long size, CacheUsage kept) {}
