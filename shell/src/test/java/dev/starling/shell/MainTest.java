package dev.starling.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void helpBeforeACommandIsTheOptionBehindIt() {
    assertThat(Main.withHelpAsOption(List.of("help"))).containsExactly("--help");
    assertThat(Main.withHelpAsOption(List.of("help", "image", "convert")))
        .containsExactly("image", "convert", "--help");
    assertThat(Main.withHelpAsOption(List.of("convert", "help", "x")))
        .containsExactly("convert", "help", "x");
    assertThat(Main.withHelpAsOption(List.of())).isEmpty();
  }
}
