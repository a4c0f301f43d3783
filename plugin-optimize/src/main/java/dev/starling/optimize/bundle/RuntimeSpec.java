package dev.starling.optimize.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's {@code config.json}, as far as Starling uses it; empty values are not written.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/config.md">OCI runtime
 *     specification, config.md and config-linux.md</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RuntimeSpec(
    String ociVersion,
    InitProcess process,
    Root root,
    String hostname,
    List<Mount> mounts,
    Linux linux) {

  /** What runs. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record InitProcess(
      boolean terminal,
      @Nullable ConsoleSize consoleSize,
      User user,
      List<String> args,
      List<String> env,
      String cwd,
      Capabilities capabilities,
      List<Rlimit> rlimits,
      boolean noNewPrivileges) {}

  /** How large its terminal is at first, in characters. */
  public record ConsoleSize(int height, int width) {}

  /** As whom; numbers as in the container. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record User(long uid, long gid, List<Long> additionalGids) {
    public User {
      additionalGids = List.copyOf(additionalGids);
    }
  }

  /** With which capabilities, by name. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Capabilities(
      List<String> bounding, List<String> effective, List<String> permitted) {}

  /** A resource limit by its name. */
  public record Rlimit(String type, long hard, long soft) {}

  /** The root file system, by its absolute path. */
  public record Root(String path, boolean readonly) {}

  /** A mount, in the order of the list. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Mount(String destination, String type, String source, List<String> options) {}

  /** What only Linux has. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Linux(
      String cgroupsPath,
      List<Namespace> namespaces,
      Resources resources,
      List<String> maskedPaths,
      List<String> readonlyPaths,
      @Nullable Seccomp seccomp) {}

  /** A new namespace, or the one at the path. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Namespace(String type, String path) {}

  /** Limits of the control group. */
  public record Resources(List<DeviceRule> devices) {}

  /** Whether devices may be used; the runtime allows the standard ones on top. */
  public record DeviceRule(boolean allow, String access) {}

  /** Which system calls are allowed. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Seccomp(
      String defaultAction,
      @Nullable Long defaultErrnoRet,
      List<String> architectures,
      List<Syscalls> syscalls) {}

  /** System calls treated alike. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Syscalls(
      List<String> names, String action, @Nullable Long errnoRet, List<SyscallArg> args) {}

  /** A condition on an argument of a system call. */
  public record SyscallArg(int index, long value, long valueTwo, String op) {}
}
