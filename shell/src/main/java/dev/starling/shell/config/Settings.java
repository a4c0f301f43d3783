package dev.starling.shell.config;

import dev.starling.api.command.StarlingDirectories;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is configured, from the environment and the files.
 *
 * @param directories where Starling keeps things
 * @param parallelTransfers how many blobs move at once, 1 to 64
 * @param hosts registry hosts, as references name them, with their settings
 */
public record Settings(
    StarlingDirectories directories, int parallelTransfers, SortedMap<String, HostSettings> hosts) {

  /** More connections than this only earn a registry's 429. */
  public static final int MAX_PARALLEL_TRANSFERS = 64;

  public Settings {
    if (parallelTransfers < 1 || parallelTransfers > MAX_PARALLEL_TRANSFERS) {
      throw new IllegalArgumentException(
          "parallel_transfers must be 1 to "
              + MAX_PARALLEL_TRANSFERS
              + ", not "
              + parallelTransfers);
    }
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
  }
}
