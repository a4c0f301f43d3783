package dev.starling.testkit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeListingTest {
  @TempDir Path temporary;
  private Path left;
  private Path right;

  @BeforeEach
  void twoEqualTrees() throws IOException, InterruptedException {
    left = temporary.resolve("left");
    right = temporary.resolve("right");
    Files.createDirectories(left.resolve("folder"));
    Files.writeString(left.resolve("folder/a"), "one");
    Files.createLink(left.resolve("folder/b"), left.resolve("folder/a"));
    Files.createSymbolicLink(left.resolve("link"), Path.of("folder/a"));
    Program.of("mkfifo", left.resolve("pipe").toString()).check();
    Program.of("cp", "-a", left.toString(), right.toString()).check();
  }

  @Test
  void copiesAreEqual() throws Exception {
    assertThat(differences()).isEmpty();
  }

  @Test
  void namesWhatIsMissingAdditionalAndDifferent() throws Exception {
    Files.writeString(right.resolve("new"), "");
    Files.delete(right.resolve("pipe"));
    Files.writeString(right.resolve("folder/a"), "two");
    Files.setLastModifiedTime(right.resolve("folder/a"), time(left.resolve("folder/a")));
    assertThat(TreeListing.of(left).without("new"::equals).differences(TreeListing.of(right)))
        .anySatisfy(line -> assertThat(line).startsWith("- [\"pipe\""))
        .anySatisfy(line -> assertThat(line).startsWith("+ [\"new\""))
        .anySatisfy(line -> assertThat(line).startsWith("+ [\"folder/a\""));
  }

  @Test
  void seesModesTimesAttributesLinksAndTargets() throws Exception {
    Files.setPosixFilePermissions(
        right.resolve("folder"), PosixFilePermissions.fromString("rwx------"));
    assertThat(differences()).as("mode").hasSize(2);
    Files.setPosixFilePermissions(
        right.resolve("folder"), Files.getPosixFilePermissions(left.resolve("folder")));

    Files.setLastModifiedTime(right.resolve("folder"), FileTime.from(Instant.ofEpochSecond(77)));
    assertThat(differences()).as("mtime").hasSize(2);
    Files.setLastModifiedTime(right.resolve("folder"), time(left.resolve("folder")));

    Files.getFileAttributeView(right.resolve("folder/a"), UserDefinedFileAttributeView.class)
        .write("note", ByteBuffer.wrap(new byte[] {1}));
    assertThat(differences()).as("xattr, on both names of the file").hasSize(4);
  }

  @Test
  void seesThatAHardLinkBecameACopy() throws Exception {
    Files.delete(right.resolve("folder/b"));
    Program.of(
            "cp", "-p", right.resolve("folder/a").toString(), right.resolve("folder/b").toString())
        .check();
    Files.setLastModifiedTime(right.resolve("folder"), time(left.resolve("folder")));
    assertThat(differences()).hasSize(4);
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private List<String> differences() throws Exception {
    return TreeListing.of(left).differences(TreeListing.of(right));
  }
}
