package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Layers as umoci writes layers: without entries for unchanged parent directories. */
class DebianUmociConversionTest extends DebianConversionContract {
  DebianUmociConversionTest() {
    super("org");
  }

  @Test
  void theNumberOfWorkersDoesNotShow() throws Exception {
    Path layout = temporary.resolve("workers");
    try {
      String one = convertWith("1", layout);
      assertThat(convertWith("4", layout)).isEqualTo(one);
      assertThat(one)
          .isEqualTo(starling.json("inspect", "--plain-http", converted).path("digest").asString());
    } finally {
      Lab.delete(layout);
    }
  }

  private String convertWith(String workers, Path layout) throws Exception {
    return starling
        .json(
            "convert",
            "--estargz",
            "--oci",
            "--estargz-parallelism=" + workers,
            source,
            "local://" + layout + ":workers" + workers)
        .path("digest")
        .asString();
  }
}
