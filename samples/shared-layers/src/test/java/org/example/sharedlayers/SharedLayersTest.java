package org.example.sharedlayers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SharedLayersTest {

  private static Descriptor layer(String content, long size) {
    Digest digest = Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    return Descriptor.of(MediaType.OCI_LAYER_GZIP, digest, size);
  }

  @Test
  void tellsWhatIsInOtherImagesToo() {
    SequencedMap<String, List<Descriptor>> layers = new LinkedHashMap<>();
    layers.put("one", List.of(layer("base", 100), layer("one", 10)));
    layers.put("two", List.of(layer("base", 100), layer("two", 20)));
    SharedLayers shared = SharedLayers.of(layers);
    assertEquals(
        List.of(
            new SharedLayers.Share("one", 2, 110, 1, 100),
            new SharedLayers.Share("two", 2, 120, 1, 100)),
        shared.images());
    assertEquals(230, shared.bytes());
    assertEquals(130, shared.distinctBytes());
  }

  @Test
  void wantsTwoImages() {
    assertThrows(
        CommandLine.MissingParameterException.class,
        () -> new CommandLine(new SharedLayersCommand()).parseArgs("one"));
  }
}
