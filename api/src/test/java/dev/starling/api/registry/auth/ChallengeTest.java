package dev.starling.api.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void readsABearerChallenge() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                        + "scope=\"repository:a/b:pull,push\"")))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.example/token",
                    "service", "registry.example",
                    "scope", "repository:a/b:pull,push")));
  }

  @Test
  void readsSeveralChallengesOfOneHeader() {
    assertThat(
            Challenge.parse(
                List.of("Negotiate, Basic realm=\"a, \\\"b\\\"\" , BEARER Realm=x , error = y")))
        .containsExactly(
            new Challenge("negotiate", Map.of()),
            new Challenge("basic", Map.of("realm", "a, \"b\"")),
            new Challenge("bearer", Map.of("realm", "x", "error", "y")));
  }

  @Test
  void readsSeveralHeaders() {
    assertThat(Challenge.parse(List.of("Basic realm=x", "Bearer realm=y")))
        .extracting(Challenge::scheme)
        .containsExactly("basic", "bearer");
  }

  @Test
  void survivesNonsense() {
    for (String nonsense :
        List.of("", ",,,", "=", "\"", "Basic realm=\"x", "a=b", "\"\"\"\"", "=\"")) {
      assertThat(Challenge.parse(List.of(nonsense))).hasSizeLessThan(3);
    }
    assertThat(Challenge.parse(List.of("Basic ".repeat(10_000)))).hasSizeLessThan(20);
  }
}
