package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Layers as umoci writes layers: without entries for unchanged parent directories. */
class DebianUmociConversionTest extends DebianConversionContract {
  DebianUmociConversionTest() {
    super("org", 3, 20_000);
  }

  @Test
  void theNumberOfWorkersDoesNotShow(Lab lab) throws Exception {
    Path layout = temporary.resolve("workers");
    try {
      String image = lab.debian("medium");
      String one = convertWith("1", image, layout);
      assertThat(convertWith("4", image, layout)).isEqualTo(one);
    } finally {
      Lab.delete(layout);
    }
  }

  private String convertWith(String workers, String image, Path layout) throws Exception {
    return starling
        .json(
            "convert",
            "--estargz",
            "--oci",
            "--estargz-parallelism=" + workers,
            image,
            "local://" + layout + ":workers" + workers)
        .path("digest")
        .asString();
  }
}
