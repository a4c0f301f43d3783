package dev.starling.optimize.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.Seccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rules apply to whom. */
class SeccompProfileTest {

  @TempDir private Path folder;

  private static Set<String> allowed(Seccomp rules) {
    return rules.syscalls().stream()
        .filter(rule -> rule.action().equals("SCMP_ACT_ALLOW"))
        .flatMap(rule -> rule.names().stream())
        .collect(Collectors.toSet());
  }

  private static Seccomp builtIn(String architecture) throws IOException {
    return SeccompProfile.load(null).rules(architecture, Confinement.CAPABILITIES, "6.1.0");
  }

  @Test
  void theBuiltInOneKnowsArchitectures() throws IOException {
    assertThat(builtIn("amd64").architectures())
        .containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
    assertThat(builtIn("arm64").architectures())
        .containsExactly("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
    assertThat(builtIn("riscv64").architectures()).isEmpty();
    assertThat(allowed(builtIn("amd64"))).contains("arch_prctl").doesNotContain("set_tls");
    assertThat(allowed(builtIn("arm64"))).contains("set_tls").doesNotContain("arch_prctl");
  }

  @Test
  void theBuiltInOneKeepsTheHostOutOfReach() throws IOException {
    assertThat(allowed(builtIn("amd64")))
        .contains("openat2", "clone", "futex_waitv", "rseq", "chroot", "mknod")
        .doesNotContain(
            "mount",
            "umount2",
            "pivot_root",
            "setns",
            "unshare",
            "clone3",
            "bpf",
            "keyctl",
            "add_key",
            "kexec_load",
            "init_module",
            "reboot",
            "swapon",
            "perf_event_open",
            "userfaultfd",
            "open_by_handle_at",
            "io_uring_setup",
            "settimeofday");
  }

  @Test
  void conditionsDecide() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.json"),
            """
            {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
              {"names": ["new"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "5.10"}},
              {"names": ["has"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_KILL"]}},
              {"names": ["not"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}},
              {"names": ["but"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_KILL"]}},
              {"name": "old", "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "args":
                [{"index": 1, "value": 4294967295, "op": "SCMP_CMP_EQ"}]}]}
            """);
    SeccompProfile profile = SeccompProfile.load(file);

    assertThat(allowed(profile.rules("amd64", List.of("CAP_KILL"), "5.9.1")))
        .containsExactly("has");
    assertThat(allowed(profile.rules("amd64", List.of("CAP_KILL"), "5.10")))
        .containsExactlyInAnyOrder("has", "new");
    assertThat(allowed(profile.rules("amd64", List.of(), "6.0-rc1")))
        .containsExactlyInAnyOrder("but", "new");
    assertThat(profile.rules("amd64", List.of(), "6").syscalls().getLast())
        .isEqualTo(
            new RuntimeSpec.Syscalls(
                List.of("old"),
                "SCMP_ACT_ERRNO",
                38L,
                List.of(new RuntimeSpec.SyscallArg(1, 4294967295L, 0, "SCMP_CMP_EQ"))));
  }

  @Test
  void whatIsNoProfileIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), "{\"syscalls\": []}");
    assertThatThrownBy(() -> SeccompProfile.load(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("p.json");

    Files.writeString(file, "{");
    assertThatThrownBy(() -> SeccompProfile.load(file)).hasMessageContaining("not valid JSON");
  }
}
