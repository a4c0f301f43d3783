package dev.starling.api.image;

import static dev.starling.api.image.ManifestJsonTest.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageConfigTest {

  @Test
  void withOtherLayersItIsWhatTheFieldsConverterWrites() throws IOException {
    ImageConfig expected = ImageConfig.parse(resource("esgz.config.json"));
    ImageConfig source = ImageConfig.parse(resource("source.config.json"));
    assertThat(new String(source.withDiffIds(expected.diffIds()).bytes(), UTF_8))
        .isEqualTo(new String(expected.bytes(), UTF_8));
  }

  @Test
  void thePlatformIsTheConfigsOwn() throws IOException {
    assertThat(ImageConfig.parse(resource("source.config.json")).platform())
        .hasToString("linux/amd64");
    assertThat(ImageConfig.parse("{\"rootfs\":{\"type\":\"layers\"}}".getBytes(UTF_8)).platform())
        .isNull();
  }

  @Test
  void whatIsNoConfigIsNamed() {
    for (String json :
        List.of("{}", "{\"rootfs\":{\"type\":\"other\"}}", "{\"rootfs\":7}", "null", "")) {
      assertThatThrownBy(() -> ImageConfig.parse(json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(InvalidImageException.class)
          .hasMessageContaining("image config");
    }
  }
}
