package dev.starling.convert.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  private static boolean matches(String pattern, String path) {
    PathPattern parsed = PathPattern.parse(pattern);
    if (parsed.isLiteral()) {
      return parsed.folder().equals(path);
    }
    String start = parsed.folder().isEmpty() ? "" : parsed.folder() + "/";
    return path.startsWith(start) && parsed.matches(path.substring(start.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/*.so, usr/lib/a.so",
    "usr/*/a, usr/lib/a",
    "usr/lib/lib?.so.*, usr/lib/libz.so.1",
    "etc/[a-c]x, etc/bx",
    "etc/[!a-c]x, etc/dx",
    "etc/[]x], etc/]",
    "etc/[a-]x, etc/-x",
    "**, a",
    "**, a/b/c",
    "**/x, x",
    "**/x, a/b/x",
    "a/**, a/b/c",
    "a/**/d, a/d",
    "a/**/d, a/b/c/d",
    "a/**/b/*/c, a/b/b/x/b/y/c",
    "a/*b*c*, a/xbxbxcx",
    "a/\\*, a/*",
    "a/**.so, a/x.so",
    "*/😀?, a/😀😀"
  })
  void matchesWholePaths(String pattern, String path) {
    assertThat(matches(pattern, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "usr/lib/*.so, usr/lib/a/b.so",
    "usr/?, usr/",
    "etc/[a-c]x, etc/dx",
    "etc/[^a-c]x, etc/bx",
    "**/x, a/xy",
    "a/**, a",
    "a/**/d, a/b/c",
    "a/\\*, a/b",
    "a/**.so, a/b/x.so",
    "*, a/b"
  })
  void doesNotMatch(String pattern, String path) {
    assertThat(matches(pattern, path)).isFalse();
  }

  @Test
  void aPathWithoutAnythingSpecialIsItself() {
    PathPattern path = PathPattern.parse("//usr/li\\[b/a b/");
    assertThat(path.isLiteral()).isTrue();
    assertThat(path.folder()).isEqualTo("usr/li[b/a b");
    assertThat(PathPattern.parse("usr/lib/*/x").folder()).isEqualTo("usr/lib");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/[b", "a/[]", "a\\", "[!]"})
  void damagedPatternsAreRefused(String pattern) {
    assertThatThrownBy(() -> PathPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostilePatternsTakeNoLongerThanTheyAreLong() {
    String pattern = "**/" + "*a".repeat(1000) + "/" + "**/a/".repeat(500) + "b";
    String path = "a".repeat(2000) + "/a".repeat(1000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(matches(pattern, path)).isFalse());
  }
}
