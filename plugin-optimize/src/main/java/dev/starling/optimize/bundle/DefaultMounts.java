package dev.starling.optimize.bundle;

import dev.starling.optimize.bundle.RuntimeSpec.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What every container finds mounted. */
final class DefaultMounts {

  private DefaultMounts() {}

  /** The kernel's file systems, as Docker mounts them. */
  static List<Mount> kernel(CgroupMode cgroups) {
    List<Mount> mounts = new ArrayList<>();
    mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
    mounts.add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
    mounts.add(
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"));
    mounts.add(
        mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"));
    mounts.add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
    mounts.add(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"));
    switch (cgroups) {
      case NONE -> {}
      // The runtime makes of this type what the machine has: one mount, or one a controller.
      case V1, HYBRID, V2 ->
          mounts.add(
              mount(
                  "/sys/fs/cgroup",
                  "cgroup",
                  "cgroup",
                  "nosuid",
                  "noexec",
                  "nodev",
                  "relatime",
                  "ro"));
    }
    return mounts;
  }

  /** A file of the host's, writable as in Docker: what is written to it goes with the bundle. */
  static Mount file(Path source, String destination) {
    return mount(destination, "bind", source.toString(), "rbind", "rprivate", "rw");
  }

  private static Mount mount(String destination, String type, String source, String... options) {
    return new Mount(destination, type, source, List.of(options));
  }
}
