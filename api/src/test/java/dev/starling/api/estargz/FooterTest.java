package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.tar.GzipInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FooterTest {

  @Test
  void todaysFooterIsAsSpecified() throws IOException {
    byte[] footer = GzipFormat.footer(0xabc123L);
    assertThat(HexFormat.of().formatHex(footer))
        .isEqualTo(
            "1f8b08040000000000ff1a00534716003030303030303030303061626331323353544152475a"
                + "010000ffff0000000000000000");
    assertThat(Footer.parse(footer)).isEqualTo(new Footer.Estargz(0xabc123, 51));
    try (GzipInput in = new GzipInput(new ByteArrayInputStream(footer))) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void readsTheReferencesFooter() throws IOException {
    byte[] blob = Vectors.blob("whiteouts", "default");
    assertThat(Footer.read(new BytesBlob(blob))).isEqualTo(new Footer.Estargz(395, 51));
    assertThat(GzipFormat.footer(395))
        .isEqualTo(Arrays.copyOfRange(blob, blob.length - 51, blob.length));
  }

  @Test
  void readsTheOtherKinds() {
    byte[] legacy =
        latin(
            "\u001f\u008b\b\4\0\0\0\0\0\u00ff\u0016\0%016xSTARGZ\1\0\0\u00ff\u00ff\0\0\0\0\0\0\0\0"
                .formatted(77));
    assertThat(legacy).hasSize(Footer.STARGZ_SIZE);
    assertThat(Footer.parse(legacy)).isEqualTo(new Footer.Estargz(77, 47));
    byte[] external =
        latin(
            "\u001f\u008b\b\4\0\0\0\0\0\u00ff\u0015\0SG\u0011\0STARGZEXTERNALTOC\1\0\0\u00ff\u00ff\0\0\0\0\0\0\0\0");
    assertThat(external).hasSize(Footer.EXTERNAL_SIZE);
    assertThat(Footer.parse(external)).isEqualTo(new Footer.ExternalToc());
    ByteBuffer zstd = ByteBuffer.allocate(51).order(ByteOrder.LITTLE_ENDIAN);
    zstd.position(11).putLong(130).putLong(193).putLong(308).putLong(1).put(latin("GnUlInUx"));
    assertThat(Footer.parse(zstd.array())).isEqualTo(new Footer.ZstdChunked(130, 193, 308));
  }

  @Test
  void nothingElseIsAFooter() {
    assertThat(Footer.parse(new byte[0])).isNull();
    assertThat(Footer.parse(new byte[51])).isNull();
    byte[] footer = GzipFormat.footer(5);
    for (int i : new int[] {0, 3, 10, 12, 16, 20, 33, 38, 50}) {
      byte[] damaged = footer.clone();
      damaged[i] ^= 0x40;
      assertThat(Footer.parse(damaged)).as("byte %d", i).isNull();
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
