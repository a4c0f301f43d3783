package dev.starling.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineKindTest {

  private static final Set<String> COMMANDS = Set.of("convert", "ls", "get-toc-digest", "exit");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        " ls ",
        "convert a b",
        "convert --oci a b",
        "ls -q",
        "get-toc-digest x",
        "convert ./a ../b",
        "convert local:///tmp/a b",
        "exit",
        "convert 'a b' \\\n c"
      })
  void aLineThatBeginsWithACommandIsOne(String line) {
    assertThat(LineKind.of(line, COMMANDS)).isEqualTo(LineKind.COMMAND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "convert(source: 'a')",
        "convert (source: 'a')",
        "ls = 3",
        "ls += 3",
        "ls == 3",
        "ls.size()",
        "ls .size()",
        "ls[0]",
        "foo",
        "def x = 1",
        "get-toc = 3",
        "[1, 2]",
        "lsx a"
      })
  void anythingElseIsGroovy(String line) {
    assertThat(LineKind.of(line, COMMANDS)).isEqualTo(LineKind.GROOVY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void nothingIsNothing(String line) {
    assertThat(LineKind.of(line, COMMANDS)).isEqualTo(LineKind.BLANK);
  }
}
