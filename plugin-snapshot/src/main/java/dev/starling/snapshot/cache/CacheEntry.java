package dev.starling.snapshot.cache;

import dev.starling.api.image.Digest;
import java.time.Instant;

/**
 * A file of the cache.
 *
 * @param kind what it holds
 * @param digest of the chunk, or of the layer that it belongs to
 * @param size how much of the disk it takes in bytes, in whole blocks of 4 KiB
 * @param lastUsed when it was last written or read, give or take a day
 */
public record CacheEntry(CacheKind kind, Digest digest, long size, Instant lastUsed) {}
