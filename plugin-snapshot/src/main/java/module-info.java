/**
 * Lazy layers, mounts, the chunk cache and the daemon that owns the mounts.
 *
 * <p>Still empty: lazy mounting fills it.
 */
module dev.starling.snapshot {
  requires dev.starling.api;
  requires dev.starling.fuse;
}
