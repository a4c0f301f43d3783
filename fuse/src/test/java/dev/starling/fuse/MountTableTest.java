package dev.starling.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final List<String> LINES =
      List.of(
          "23 28 0:21 / /proc rw,nosuid shared:13 - proc proc rw",
          "90 28 0:45 / /a\\040b\\134c\\011d rw,nodev,relatime - fuse.rawBridge stargz"
              + " rw,user_id=0,group_id=0,allow_other",
          "91 28 0:46 / /x rw shared:1 master:2 - overlay overlay rw,lowerdir=/a",
          "92 91 0:47 / /x ro - fuse.other \\303\\244 ro",
          "not a row",
          "93 28 0:48 / /short rw - tmpfs");

  @Test
  void rowsAreReadWithTheirEscapes() {
    MountTable table = MountTable.parse(LINES);
    assertThat(table.entries()).hasSize(4);
    assertThat(table.matching(entry -> entry.source().equals("stargz")))
        .containsExactly(
            new MountEntry(
                "0:45",
                Path.of("/a b\\c\td"),
                "fuse.rawBridge",
                "stargz",
                "rw,nodev,relatime,rw,user_id=0,group_id=0,allow_other"));
  }

  @Test
  void theLastMountOnADirectoryIsTheOneThatIsSeen() {
    MountTable table = MountTable.parse(LINES);
    assertThat(table.on(Path.of("/x")))
        .hasValueSatisfying(entry -> {
          assertThat(entry.device()).isEqualTo("0:47");
          assertThat(entry.source()).isEqualTo("\u00e4");
        });
    assertThat(table.on(Path.of("/y"))).isEmpty();
  }

  @Test
  void theKernelsTableHasTheRoot() throws IOException {
    assertThat(MountTable.current().on(Path.of("/proc")))
        .hasValueSatisfying(entry -> assertThat(entry.type()).isEqualTo("proc"));
  }
}
