package dev.starling.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateHistoryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login --password x",
        "login --password=x",
        "token = 'abc'",
        "[secret: 'x']",
        "pull https://me:pw@host/a",
        "header 'Authorization: Basic x'",
        "h('Bearer abc')"
      })
  void credentialsAreNotRemembered(String line) {
    assertThat(PrivateHistory.isPrivate(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pull host:5000/a:1",
        "convert a b",
        "x = 3",
        "pull http://127.0.0.1:5000/a@sha256:ab"
      })
  void othersAre(String line) {
    assertThat(PrivateHistory.isPrivate(line)).isFalse();
  }
}
