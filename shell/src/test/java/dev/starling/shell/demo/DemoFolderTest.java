package dev.starling.shell.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.files.FolderTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

  @TempDir Path temporary;

  @Test
  void findsWhatIsNotLockedAnyMore() throws Exception {
    Path left = Files.createDirectory(temporary.resolve("starling-demo-left"));
    Files.createFile(left.resolve("lock"));
    Path foreign = Files.createDirectory(temporary.resolve("starling-demo-without"));
    Path locked = Files.createDirectory(temporary.resolve("starling-demo-locked"));
    Path lock = Files.createFile(locked.resolve("lock"));
    Process owner =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
                    + " print('locked', flush=True); sys.stdin.read()",
                lock.toString())
            .start();
    try {
      assertThat(owner.inputReader().readLine()).isEqualTo("locked");
      assertThat(DemoFolder.left(temporary)).containsExactly(left);
    } finally {
      owner.destroy();
      assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(DemoFolder.left(temporary)).containsExactlyInAnyOrder(left, locked);
    FolderTree.delete(left);
    assertThat(left).doesNotExist();
    assertThat(foreign).exists();
  }
}
