package dev.starling.api.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.image.Digest;
import org.junit.jupiter.api.Test;

class RouteTest {

  private static final Digest DIGEST = Digest.sha256(new byte[0]);

  @Test
  void repositoriesMayHaveSlashesAndNamesOfEndpoints() throws Refusal {
    assertThat(Route.parse("/v2/a/b/c/manifests/1.0"))
        .isEqualTo(new Route.OneManifest("a/b/c", "1.0", null));
    assertThat(Route.parse("/v2/a/manifests/blobs/" + DIGEST))
        .isEqualTo(new Route.Blob("a/manifests", DIGEST));
    assertThat(Route.parse("/v2/a/blobs/uploads/")).isEqualTo(new Route.Uploads("a"));
    assertThat(Route.parse("/v2/a/blobs/uploads")).isEqualTo(new Route.Uploads("a"));
    assertThat(Route.parse("/v2/a/blobs/uploads/7")).isEqualTo(new Route.Upload("a", "7"));
    assertThat(Route.parse("/v2/a/tags/list")).isEqualTo(new Route.Tags("a"));
    assertThat(Route.parse("/v2/a/referrers/" + DIGEST))
        .isEqualTo(new Route.Referrers("a", DIGEST));
  }

  @Test
  void nothingLeadsOutOfTheLayout() {
    for (String path :
        new String[] {
          "/v2/../manifests/1",
          "/v2/a/../b/manifests/1",
          "/v2/a/manifests/..",
          "/v2/a/blobs/../../index.json",
          "/v2/a/blobs/sha256:../../../etc/passwd",
          "/v2//manifests/1",
          "/v2/A/manifests/1",
          "/v2/a\0/manifests/1",
          "/etc/passwd",
          "/v2/a/b",
          ""
        }) {
      assertThatThrownBy(() -> Route.parse(path)).as(path).isInstanceOf(Refusal.class);
    }
  }
}
