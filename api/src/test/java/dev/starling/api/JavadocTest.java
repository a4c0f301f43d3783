package dev.starling.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The api's Javadoc, which {@code target/apidocs} has after this test, is complete and right: each
 * package, type and member that others see says what it is, and every link and tag leads somewhere.
 * Tags that would only say the sentence above them again are not asked for.
 */
class JavadocTest {

  private static final Pattern COMPLAINT = Pattern.compile(".*: (warning|error)( -|:) .*");
  private static final Pattern REPEATING =
      Pattern.compile(".*: warning: no @(param for \\S+|return|throws for \\S+)");

  @Test
  void isCompleteAndRight() throws Exception {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    String path =
        Stream.of("jdk.module.path", "java.class.path")
            .flatMap(property -> Stream.of(System.getProperty(property, "").split(":", -1)))
            .filter(entry -> entry.endsWith(".jar") && Files.exists(Path.of(entry)))
            .distinct()
            .collect(Collectors.joining(":"));
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    ToolProvider javadoc = ToolProvider.findFirst("javadoc").orElseThrow();
    int exit =
        javadoc.run(
            out,
            out,
            List.of(
                    "-quiet",
                    "-Xdoclint:all",
                    "-Xmaxwarns",
                    "10000",
                    "-p",
                    path,
                    "--module-source-path",
                    "dev.starling.api=" + base.resolve("src/main/java"),
                    "--module",
                    "dev.starling.api",
                    "-windowtitle",
                    "Starling API",
                    "-notimestamp",
                    "-d",
                    base.resolve("target/apidocs").toString())
                .toArray(String[]::new));
    assertThat(
            messages
                .toString()
                .lines()
                .filter(COMPLAINT.asMatchPredicate())
                .filter(REPEATING.asMatchPredicate().negate()))
        .isEmpty();
    assertThat(exit).as(messages.toString()).isZero();
    assertThat(base.resolve("target/apidocs/index.html")).exists();
  }
}
