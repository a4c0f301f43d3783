package dev.starling.optimize.bundle;

import dev.starling.optimize.bundle.RuntimeSpec.Capabilities;
import dev.starling.optimize.bundle.RuntimeSpec.Rlimit;
import java.util.List;

/**
 * What a container may do: Docker's and containerd's defaults. As with Docker, and unlike
 * containerd's bare default, programs may gain privileges by set-user-id bits: images are optimized
 * against how they are run elsewhere.
 */
final class Confinement {

  static final List<String> CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");

  static final List<String> MASKED_PATHS =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  static final List<String> READONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private static final long SOFT_OPEN_FILES = 1024;
  private static final long HARD_OPEN_FILES = 1 << 19;

  private Confinement() {}

  /** None may be kept beyond these; none is inheritable. */
  static Capabilities capabilities() {
    return new Capabilities(CAPABILITIES, CAPABILITIES, CAPABILITIES);
  }

  /**
   * The kernel's usual limit of open files, which programs may raise to systemd's.
   *
   * @param allowed the most that may be set
   */
  static List<Rlimit> limits(long allowed) {
    long hard = Math.min(HARD_OPEN_FILES, allowed);
    return List.of(new Rlimit("RLIMIT_NOFILE", hard, Math.min(SOFT_OPEN_FILES, hard)));
  }
}
