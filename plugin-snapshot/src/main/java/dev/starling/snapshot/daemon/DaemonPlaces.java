package dev.starling.snapshot.daemon;

import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.image.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a daemon keeps its things.
 *
 * @param snapshots the folder of the layers, the state and the log
 * @param mounts the folder of the writable mounts
 * @param socket where it listens; named after the data directory, of which each has its own daemon
 */
public record DaemonPlaces(Path snapshots, Path mounts, Path socket) {

  private static final int NAME_LENGTH = 12;

  /** The places that belong to these directories. */
  public static DaemonPlaces of(StarlingDirectories directories) {
    Path data = directories.data().toAbsolutePath().normalize();
    String name = Digest.sha256(data.toString().getBytes(StandardCharsets.UTF_8)).hex();
    return new DaemonPlaces(
        data.resolve("snapshots"),
        data.resolve("mounts"),
        directories
            .runtime()
            .toAbsolutePath()
            .resolve("snapshotter-" + name.substring(0, NAME_LENGTH))
            .resolve("control.sock"));
  }

  Path lock() {
    return snapshots.resolve("lock");
  }

  Path state() {
    return snapshots.resolve("daemon.json");
  }

  /** What the daemon writes to its standard outputs. */
  public Path log() {
    return snapshots.resolve("daemon.log");
  }

  Path snapshot(int id) {
    return snapshots.resolve(Integer.toString(id));
  }

  /** Where a layer is mounted. */
  public Path fileSystem(int id) {
    return snapshot(id).resolve("fs");
  }

  Path snapshotState(int id) {
    return snapshot(id).resolve("state.json");
  }

  Path mount(String id) {
    return mounts.resolve(id);
  }
}
