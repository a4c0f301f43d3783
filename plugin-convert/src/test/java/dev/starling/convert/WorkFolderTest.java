package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  @TempDir Path root;

  private WorkFolder open() throws IOException {
    return WorkFolder.open(root, Clock.systemUTC());
  }

  private List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static void keep(WorkFolder work, String key, String content) throws IOException {
    Path file = work.scratchFile(".layer");
    Files.writeString(file, content);
    work.keep(key, file, "about " + content);
  }

  @Test
  void whatAnUnfinishedRunMadeIsTakenUpByTheNext() throws IOException {
    try (WorkFolder first = open()) {
      keep(first, "k", "layer");
    }
    try (WorkFolder second = open()) {
      WorkFolder.Finished found = Objects.requireNonNull(second.finished("k"));
      assertThat(Files.readString(found.file())).isEqualTo("layer");
      assertThat(found.record()).isEqualTo("about layer");
      assertThat(second.finished("other")).isNull();
    }
  }

  @Test
  void aRunThatSucceedsLeavesNothing() throws IOException {
    try (WorkFolder first = open()) {
      keep(first, "k", "layer");
    }
    try (WorkFolder second = open()) {
      assertThat(second.finished("k")).isNotNull();
      keep(second, "l", "another");
      second.succeeded();
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void whatIsTakenUpStaysReadableWhenAnotherProcessSucceeds() throws IOException {
    try (WorkFolder first = open();
        WorkFolder second = open()) {
      keep(first, "k", "layer");
      WorkFolder.Finished found = Objects.requireNonNull(second.finished("k"));
      first.succeeded();
      assertThat(Files.readString(found.file())).isEqualTo("layer");
    }
  }

  @Test
  void aDeadRunsFilesAreSweptAndALiveOnesStay() throws IOException {
    Path dead = Files.createDirectories(root.resolve("run-dead/deeper"));
    Files.writeString(dead.resolve("spool"), "x");
    Files.writeString(root.resolve("run-dead/lock"), "");
    try (WorkFolder live = open()) {
      Path spool = live.scratchFile(".spool");
      Files.writeString(spool, "in use");
      try (WorkFolder other = open()) {
        assertThat(other.scratch()).isNotEqualTo(live.scratch());
        assertThat(root.resolve("run-dead")).doesNotExist();
        assertThat(spool).exists();
      }
    }
    assertThat(filesBelow(root)).isEmpty();
  }

  @Test
  void finishedLayersAndDownloadsAreForgottenAfterADay() throws IOException {
    byte[] bytes = {1, 2, 3};
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(bytes), bytes.length);
    try (WorkFolder first = open()) {
      keep(first, "k", "layer");
      first.downloads().put(blob, _ -> new ByteArrayInputStream(bytes));
    }
    Path kept = root.resolve("converted/k");
    Files.setLastModifiedTime(kept, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Clock tomorrow = Clock.fixed(Instant.now().plus(Duration.ofHours(24)), ZoneOffset.UTC);
    try (WorkFolder later = WorkFolder.open(root, tomorrow)) {
      assertThat(later.finished("k")).isNull();
      assertThat(kept).doesNotExist();
      assertThat(later.downloads().has(blob)).isFalse();
    }
  }
}
