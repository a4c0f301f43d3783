package dev.starling.api.command;

import java.nio.file.Path;

/**
 * Where Starling keeps things: under the XDG directories for a user, under {@code
 * /var/lib/starling} and {@code /run/starling} for root.
 *
 * @param data images, caches and unfinished work; survives a restart
 * @param runtime what belongs to running processes: locks, sockets, journals
 * @param config the user's configuration directory
 */
public record StarlingDirectories(Path data, Path runtime, Path config) {

  /** The local image store, an OCI layout. */
  public Path images() {
    return data.resolve("images");
  }

  /** Blobs on the way, until the command that made them succeeds. */
  public Path work() {
    return data.resolve("work");
  }
}
