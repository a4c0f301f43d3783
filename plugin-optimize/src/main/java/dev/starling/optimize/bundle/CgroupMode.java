package dev.starling.optimize.bundle;

import java.nio.file.Files;
import java.nio.file.Path;

/** How a machine's control groups are mounted. */
public enum CgroupMode {
  /** Not at all. */
  NONE,
  /** A hierarchy for each controller. */
  V1,
  /** As version 1, with version 2's hierarchy beside them for naming processes. */
  HYBRID,
  /** One hierarchy. */
  V2;

  /**
   * Looks at the mounts below a directory.
   *
   * @param cgroups {@code /sys/fs/cgroup}, or what stands for it
   */
  static CgroupMode at(Path cgroups) {
    if (Files.exists(cgroups.resolve("cgroup.controllers"))) {
      return V2;
    }
    if (!Files.isDirectory(cgroups.resolve("memory"))
        && !Files.isDirectory(cgroups.resolve("devices"))) {
      return NONE;
    }
    return Files.exists(cgroups.resolve("unified/cgroup.controllers")) ? HYBRID : V1;
  }
}
