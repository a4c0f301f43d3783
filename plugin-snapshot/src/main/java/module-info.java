import org.jspecify.annotations.NullMarked;

/** Lazy layers, mounts, the chunk cache and the daemon that owns the mounts. */
@NullMarked
module dev.starling.snapshot {
  requires transitive dev.starling.api;
  requires transitive dev.starling.fuse;
  requires tools.jackson.databind;
  requires tools.jackson.jr.ob;

  exports dev.starling.snapshot.cache;
  exports dev.starling.snapshot.client;
  exports dev.starling.snapshot.fetch;
  exports dev.starling.snapshot.layer;
  exports dev.starling.snapshot.view;

  // Commands and their records, and what goes through the socket and into state files.
  opens dev.starling.snapshot to
      info.picocli,
      tools.jackson.databind;
  opens dev.starling.snapshot.daemon to
      tools.jackson.databind,
      tools.jackson.jr.ob;

  provides dev.starling.api.command.CommandProvider with
      dev.starling.snapshot.SnapshotCommands;
}
