package dev.starling.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SdkPomTest {

  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency><groupId>[^<]+</groupId><artifactId>([^<]+)</artifactId>");

  private static List<String> dependencies(String pom) throws IOException {
    return DEPENDENCY
        .matcher(Files.readString(Path.of(pom)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void aPluginIsBuiltAgainstWhatTheApiNeeds() throws IOException {
    List<String> sdk = dependencies("src/main/sdk/dev/starling/shell/command/starling-api.pom");
    List<String> api = dependencies("../api/pom.xml");
    assertThat(api).isNotEmpty();
    // The annotations are every module's, by way of the parent.
    assertThat(sdk).containsAll(api).contains("jspecify").hasSize(api.size() + 1);
  }
}
