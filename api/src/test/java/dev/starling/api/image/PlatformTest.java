package dev.starling.api.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void aSingleWordIsAnOsOrAnArchitecture() {
    assertThat(Platform.parse("linux").os()).isEqualTo("linux");
    assertThat(Platform.parse("arm64").architecture()).isEqualTo("arm64");
    assertThat(Platform.parse("x86_64").architecture()).isEqualTo("amd64");
  }

  @Test
  void anAbsentVariantAcceptsEveryVariantAndTheDefaultOneAcceptsNone() {
    Platform arm64 = Platform.of("linux", "arm64", null);
    assertThat(Platform.parse("linux/arm64").accepts(Platform.of("linux", "arm64", "v8"))).isTrue();
    assertThat(Platform.parse("linux/arm64/v8").accepts(arm64)).isTrue();
    assertThat(Platform.parse("linux/arm64/v9").accepts(arm64)).isFalse();
  }

  @Test
  void nonsenseNamesTheExpectedForm() {
    assertThatThrownBy(() -> Platform.parse("linux/amd64/v1/x"))
        .hasMessageContaining("<os>/<arch>[/<variant>]");
  }
}
