import org.jspecify.annotations.NullMarked;

/** Lazy layers, mounts, the chunk cache and the daemon that owns the mounts. */
@NullMarked
module dev.starling.snapshot {
  requires transitive dev.starling.api;
  requires transitive dev.starling.fuse;
  requires tools.jackson.databind;

  exports dev.starling.snapshot.cache;
  exports dev.starling.snapshot.fetch;
  exports dev.starling.snapshot.layer;
  exports dev.starling.snapshot.view;
}
