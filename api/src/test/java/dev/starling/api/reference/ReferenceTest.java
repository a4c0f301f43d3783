package dev.starling.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest",
    "acme/app:1.0, docker.io/acme/app:1.0",
    "localhost/app, localhost/app:latest",
    "127.0.0.1:5000/a/b-c__d.e:T_1.x, 127.0.0.1:5000/a/b-c__d.e:T_1.x",
    "[::1]:5000/app:x, [::1]:5000/app:x",
    "registry2:5000/ubuntu:22.04-ex, registry2:5000/ubuntu:22.04-ex",
    "http://registry2:5000/golang:1.15.3-esgz, http://registry2:5000/golang:1.15.3-esgz",
    "https://ghcr.io/a/b, https://ghcr.io/a/b:latest"
  })
  void registryReferencesAreCompletedAndPrinted(String text, String expected) {
    assertThat(Reference.parse(text)).hasToString(expected).isInstanceOf(RegistryReference.class);
  }

  @Test
  void aDigestSelectsBeforeATag() {
    Reference both = Reference.parse("ghcr.io/a/b:1@" + DIGEST);
    assertThat(both.tag()).isEqualTo("1");
    assertThat(both.selector()).isEqualTo(DIGEST);
    assertThat(Reference.parse("ghcr.io/a/b@" + DIGEST).tag()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "local:///tmp/output/, /tmp/output, latest",
    "local:///tmp/out:esgz, /tmp/out, esgz",
    "oci:/tmp/out:v1, /tmp/out, v1",
    "oci:out, out, latest",
    "local:///tmp/a@b/c, /tmp/a@b/c, latest",
    "local:///tmp/x:y/z, /tmp/x:y/z, latest"
  })
  void layoutsAreDirectoriesWithATag(String text, String directory, String tag) {
    assertThat(Reference.parse(text)).isEqualTo(new LayoutReference(Path.of(directory), tag, null));
  }

  @Test
  void aLayoutMayBeReadByDigest() {
    LayoutReference reference = (LayoutReference) Reference.parse("local:///tmp/out@" + DIGEST);
    assertThat(reference.selector()).isEqualTo(DIGEST);
    assertThat(reference.tag()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://host/x",
        "http://onlyhost",
        "ghcr.io/Upper/case",
        "ghcr.io/a//b",
        "ghcr.io/../etc",
        "ghcr.io/a/b:",
        "ghcr.io/a/b:bad tag",
        "ghcr.io/a/b@sha256:12",
        "host:99999x/a",
        "local://",
        "local:///tmp/out:"
      })
  void nonsenseIsRefusedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOf(InvalidReferenceException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }
}
