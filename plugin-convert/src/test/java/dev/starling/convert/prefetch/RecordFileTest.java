package dev.starling.convert.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFileTest {

  private static final Digest MANIFEST = Digest.sha256(new byte[0]);

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("record.json"), content);
  }

  @Test
  void readsObjectsOneAfterTheOther() throws IOException {
    Path file =
        file(
            """
            {"path":"usr/bin/a","manifestDigest":"%s","layerIndex":2}
            {"path":"b"} {"path":"/c d","manifestDigest":"","extra":{"x":[1,2]},"layerIndex":null}
            """
                .formatted(MANIFEST));
    assertThat(RecordFile.read(file))
        .containsExactly(
            new AccessRecord("usr/bin/a", MANIFEST, 2, false),
            new AccessRecord("b", null, null, false),
            new AccessRecord("/c d", null, null, false));
    assertThat(RecordFile.read(file(""))).isEmpty();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    List<AccessRecord> records =
        List.of(
            new AccessRecord("ü \"<\n", MANIFEST, 0, false),
            new AccessRecord("b", null, null, false));
    Path file = folder.resolve("written");
    RecordFile.write(file, records);
    assertThat(RecordFile.read(file)).isEqualTo(records);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"path\":\"ü \\\"<\\n\",\"manifestDigest\":\"%s\",\"layerIndex\":0}"
                .formatted(MANIFEST),
            "{\"path\":\"b\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"path\":\"a\"}@{\"path\":\"b\"          | line 2",
        "{\"path\":\"a\"}@[]                       | line 2 (byte 13): expected an object",
        "{\"path\":\"a\"}@@\"a\"                   | line 3 (byte 14): expected an object",
        "{\"layerIndex\":1}                        | line 1 (byte 15): the record has no path",
        "{\"path\":\"\"}                           | its path has 0 characters",
        "{\"path\":\"a\",\"layerIndex\":-1}        | its layerIndex is -1",
        "{\"path\":\"a\",\"layerIndex\":1.5}       | layerIndex is no whole number",
        "{\"path\":\"a\",\"layerIndex\":99999999999} | line 1",
        "{\"path\":\"a\",\"manifestDigest\":\"x\"} | line 1",
        "{\"path\":7}                              | path is no string",
        "hello                                     | line 1"
      })
  void sayWhereAFileIsDamaged(String content, String expected) throws IOException {
    Path file = file(content.strip().replace('@', '\n'));
    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(expected.strip())
        .hasMessageNotContaining("\n");
  }

  @Test
  void boundsWhatStrangersWrite() throws IOException {
    for (String hostile :
        List.of(
            "{\"x\":".repeat(1000),
            "{\"path\":\"" + "a".repeat(5000) + "\"}",
            "{\"path\":\"" + "a".repeat(1 << 20) + "\"}",
            "{\"path\":\"a\"}".repeat(ListedFile.MAX_FILES + 1))) {
      Path file = file(hostile);
      assertThatThrownBy(() -> RecordFile.read(file))
          .isInstanceOf(CommandException.class)
          .message()
          .hasSizeLessThan(1000);
    }
    assertThatThrownBy(() -> RecordFile.read(folder.resolve("none")))
        .hasMessage("there is no file " + folder.resolve("none"));
    assertThatThrownBy(() -> RecordFile.read(folder)).hasMessageContaining("is a directory");
  }
}
