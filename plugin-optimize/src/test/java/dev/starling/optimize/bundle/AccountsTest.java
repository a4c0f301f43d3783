package dev.starling.optimize.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and groups of hostile and ordinary images. */
class AccountsTest {

  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectory(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/passwd"),
        "# comment\nroot:x:0:0:root:/root:/bin/sh\nbad:x:one:two\napp:x:1000:1001::/:/bin/sh\n");
    Files.writeString(
        root.resolve("etc/group"),
        "root:x:0:\nadm:x:4:root,app\nbroken\napp:x:1001:\nweb:x:33:other,app\nnone:x:99\n");
  }

  private User resolve(String spec) throws IOException {
    return new Accounts(root).resolve(spec);
  }

  @Test
  void namesAndIdsAreLookedUp() throws IOException {
    assertThat(resolve("")).isEqualTo(new User(0, 0, List.of(0L, 4L)));
    assertThat(resolve("app")).isEqualTo(new User(1000, 1001, List.of(1001L, 4L, 33L)));
    assertThat(resolve("1000")).isEqualTo(new User(1000, 1001, List.of(1001L, 4L, 33L)));
    assertThat(resolve("app:web")).isEqualTo(new User(1000, 33, List.of(33L, 4L)));
    assertThat(resolve("app:7")).isEqualTo(new User(1000, 7, List.of(7L, 4L, 33L)));
    assertThat(resolve("2000")).isEqualTo(new User(2000, 0, List.of(0L)));
    assertThat(resolve("2000:none")).isEqualTo(new User(2000, 99, List.of(99L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "bad", "app:nogroup", "4294967295", "99999999999", "-1"})
  void whatIsNotThereIsNamed(String spec) {
    assertThatThrownBy(() -> resolve(spec))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--user")
        .hasMessageNotContaining("\n");
  }

  @Test
  void withoutFilesIdsStillWork() throws IOException {
    Files.delete(root.resolve("etc/passwd"));
    Files.delete(root.resolve("etc/group"));

    assertThat(resolve("5:6")).isEqualTo(new User(5, 6, List.of(6L)));
  }

  @Test
  void linksStayInside() throws IOException {
    Files.writeString(folder.resolve("passwd"), "app:x:6:6::/:\n");
    Files.createDirectories(root.resolve("usr/etc"));
    Files.writeString(root.resolve("usr/etc/passwd"), "app:x:5:5::/:\n");
    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/usr/etc/passwd"));
    assertThat(resolve("app").uid()).isEqualTo(5);

    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(
        root.resolve("etc/passwd"), Path.of("../../../usr/../usr/etc/./passwd"));
    assertThat(resolve("app").uid()).isEqualTo(5);

    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("../../passwd"));
    assertThatThrownBy(() -> resolve("app")).hasMessageContaining("no user \"app\"");
  }

  @Test
  void aCircleOfLinksEnds() throws IOException {
    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/etc/passwd"));

    assertThatThrownBy(() -> resolve("app")).hasMessageContaining("too many symbolic links");
  }

  @Test
  void aDirectoryOrDeviceIsNoFile() throws IOException {
    Files.delete(root.resolve("etc/passwd"));
    Files.createDirectory(root.resolve("etc/passwd"));

    assertThat(resolve("5").uid()).isEqualTo(5);
  }
}
