package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way tells what the general parser tells. */
class TocTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2023-11-14T22:13:20Z",
        "2024-02-29T23:59:59Z",
        "2023-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2023-13-01T00:00:00Z",
        "2023-00-10T00:00:00Z",
        "2023-11-14T24:00:00Z",
        "2023-11-14T23:59:60Z",
        "2023-11-14T23:60:00Z",
        "2023-11-14T25:00:00Z",
        "2023-11-14t22:13:20z",
        "2023-11-14 22:13:20Z",
        "2023-11-14T22:13:20.5Z",
        "2023-11-14T22:13:20+01:00",
        "-2023-11-14T22:13:20Z",
        "not a time at all...",
        "2023-11-1\u0664T22:13:20Z"
      })
  void agreesWithTheGeneralParser(String text) {
    assertThat(TocTime.parse(text)).isEqualTo(general(text));
  }

  private static @Nullable Instant general(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
