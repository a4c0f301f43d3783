package dev.starling.optimize.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines unlike this one, by what they show in /proc and /sys. */
class HostFactsTest {

  @Test
  void controlGroupsAreTold(@TempDir Path cgroups) throws IOException {
    assertThat(CgroupMode.at(cgroups)).isEqualTo(CgroupMode.NONE);
    Files.createDirectory(cgroups.resolve("memory"));
    assertThat(CgroupMode.at(cgroups)).isEqualTo(CgroupMode.V1);
    Files.createDirectory(cgroups.resolve("unified"));
    Files.createFile(cgroups.resolve("unified/cgroup.controllers"));
    assertThat(CgroupMode.at(cgroups)).isEqualTo(CgroupMode.HYBRID);
    Files.createFile(cgroups.resolve("cgroup.controllers"));
    assertThat(CgroupMode.at(cgroups)).isEqualTo(CgroupMode.V2);
  }

  @Test
  void theHardLimitOfOpenFilesIsRead() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max open files            1024                 4096                 files
        """;
    assertThat(HostFacts.openFiles(limits)).isEqualTo(4096);
    assertThat(HostFacts.openFiles(limits.replace("4096", "unlimited"))).isEqualTo(1 << 20);
    assertThat(HostFacts.openFiles("")).isEqualTo(1 << 20);
  }

  @Test
  void thisMachineIsDescribed() throws IOException {
    HostFacts facts = HostFacts.ofThisMachine();

    assertThat(facts.architecture()).isNotEmpty();
    assertThat(facts.kernel()).matches("\\d+\\..*");
    assertThat(facts.openFiles()).isPositive();
  }
}
