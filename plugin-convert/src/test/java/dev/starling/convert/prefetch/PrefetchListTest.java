package dev.starling.convert.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefetchListTest {

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.write(folder.resolve("list"), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aLineIsAPathOrAPattern() throws IOException {
    Path file = file("# what the server needs\r\n\r\n  /usr/bin/a b \n\\#x\nusr/lib/*.so\nlast\\*");
    assertThat(PrefetchList.read(file))
        .containsExactly(
            new ListedFile("usr/bin/a b", ListedFile.Kind.PATH, null, null, false),
            new ListedFile("#x", ListedFile.Kind.PATH, null, null, false),
            new ListedFile("usr/lib/*.so", ListedFile.Kind.PATTERN, null, null, false),
            new ListedFile("last*", ListedFile.Kind.PATH, null, null, false));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb[c\n', 'line 2: ''b[c'' has a [ without its ]'",
    "'a\n\n\u00ff\n', 'line 3: it is not UTF-8'",
    "'a\0b', 'line 1: expected a path or pattern'"
  })
  void sayWhichLineIsDamaged(String content, String expected) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> PrefetchList.read(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(file + ", " + expected);
  }

  @Test
  void boundsLinesAndTheirNumber() throws IOException {
    Path tooLong = file("a\n" + "b".repeat(1 << 20));
    assertThatThrownBy(() -> PrefetchList.read(tooLong))
        .hasMessageContaining("line 2: expected a path or pattern of at most 4096 characters");
    Path tooMany = file("a\n".repeat(ListedFile.MAX_FILES + 1));
    assertThatThrownBy(() -> PrefetchList.read(tooMany))
        .hasMessageContaining("more than 200000 files are listed");
  }
}
