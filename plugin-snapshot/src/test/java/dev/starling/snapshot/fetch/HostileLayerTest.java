package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import dev.starling.snapshot.layer.NodeType;
import dev.starling.testkit.image.TarBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers whose TOCs were made to do harm: served safely, or from their tar instead. */
final class HostileLayerTest extends AbstractLayerTest {

  private static final String ZEROS = "sha256:" + "0".repeat(64);

  private static String file(String name, String rest) {
    return "{\"name\":\"" + name + "\",\"type\":\"reg\"," + rest + "}";
  }

  private static String entry(String name, String type, String link) {
    return "{\"name\":\"%s\",\"type\":\"%s\",\"linkName\":\"%s\"}".formatted(name, type, link);
  }

  private static String chunk(long offset, long size) {
    return "\"size\":%d,\"offset\":%d,\"chunkDigest\":\"%s\"".formatted(size, offset, ZEROS);
  }

  /** A layer of a sound tar and this TOC. */
  private Layer open(String... entries) throws IOException {
    return openToc("{\"entries\":[" + String.join(",", entries) + "]}");
  }

  private Layer openToc(String toc) throws IOException {
    byte[] json = toc.getBytes(StandardCharsets.UTF_8);
    return fixture.open(fixture.push(layer(honestTar(), json), Digest.sha256(json)));
  }

  private static byte[] honestTar() {
    return new TarBuilder().file("honest", "content").build();
  }

  static byte[] layer(byte[] tar, byte[] json) throws IOException {
    return layerWith(tar, gzip(new TarBuilder().file("stargz.index.json", json).build()));
  }

  private static byte[] layerWith(byte[] tar, byte[] toc) throws IOException {
    // Without the end of the archive, which the TOC's tar brings.
    byte[] content = gzip(Arrays.copyOf(tar, 1024));
    String footer = "SG\u0016\0%016xSTARGZ".formatted(content.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content);
    out.write(toc);
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 26, 0});
    out.write(footer.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {1, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void assertServedFromTheTar(Layer layer, String reason) throws IOException {
    assertThat(layer.laziness()).isInstanceOf(Laziness.Whole.class);
    assertThat(((Laziness.Whole) layer.laziness()).reason())
        .startsWith("its TOC cannot be used")
        .contains(reason);
    assertThat(layer.tree().entries()).isEqualTo(1);
    assertThat(LayerFixture.read(layer, "honest"))
        .isEqualTo("content".getBytes(StandardCharsets.UTF_8));
    assertThat(fixture.log.lines()).anyMatch(line -> line.contains(reason));
  }

  @Test
  void namesStayInTheLayer() throws IOException {
    Layer layer =
        open(
            entry("../../etc/passwd", "fifo", ""),
            entry("/abs//./x/", "fifo", ""),
            entry("link", "symlink", "/../../outside"),
            entry("hard", "hardlink", "/../abs/x"));

    assertThat(layer.laziness()).isInstanceOf(Laziness.Lazy.class);
    assertThat(layer.tree().root().children())
        .extracting(Node.Named::name)
        .containsExactly("abs", "etc", "hard", "link");
    assertThat(LayerFixture.find(layer, "hard")).isEqualTo(LayerFixture.find(layer, "abs/x"));
    assertThat(LayerFixture.find(layer, "link").linkTarget()).isEqualTo("/../../outside");
  }

  @Test
  void hardLinksInACircle() throws IOException {
    assertServedFromTheTar(
        open(entry("a", "hardlink", "b"), entry("b", "hardlink", "a")), "circle");
  }

  @Test
  void aLongChainOfHardLinks() throws IOException {
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      chain.append(entry("l" + i, "hardlink", "l" + (i + 1))).append(',');
    }
    assertServedFromTheTar(open(chain + entry("l50000", "fifo", "")), "circle");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, 1L << 62, Long.MAX_VALUE, -1})
  void offsetsBeyondTheBlob(long offset) throws IOException {
    assertServedFromTheTar(open(file("f", chunk(offset, 1))), "at offset " + offset);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 30, 1L << 62, Long.MAX_VALUE})
  void sizesThatCannotBe(long size) throws IOException {
    assertServedFromTheTar(open(file("f", chunk(0, size))), "more than can be there");
  }

  @Test
  void aMillionEntries() throws IOException {
    StringBuilder json = new StringBuilder("{\"entries\":[");
    for (int i = 0; i < 1_000_001; i++) {
      json.append("{\"name\":\"f").append(i).append("\",\"type\":\"fifo\"},");
    }
    assertServedFromTheTar(openToc(json + entry("f", "fifo", "") + "]}"), "1000000 files");
  }

  @Test
  void theSameNameOverAndOver() throws IOException {
    String[] entries = new String[2000];
    Arrays.fill(entries, entry("d", "dir", ""));
    for (int i = 1; i < entries.length; i += 2) {
      entries[i] = entry("d", "fifo", "");
    }
    Layer layer = open(entries);
    assertThat(layer.tree().entries()).isEqualTo(1);
    assertThat(LayerFixture.find(layer, "d").type()).isEqualTo(NodeType.FIFO);
  }

  @Test
  void pathsThatAreTooDeepOrTooLong() throws IOException {
    assertThat(open(entry("a/".repeat(2000) + "f", "fifo", "")).tree().entries()).isEqualTo(2001);
    assertServedFromTheTar(open(entry("a/".repeat(2100) + "f", "fifo", "")), "4096");
    assertServedFromTheTar(open(entry("n".repeat(256), "fifo", "")), "256 bytes");
  }

  @Test
  void aTocThatIsNotTheOneThatWasPromised() throws IOException {
    byte[] json = "{\"entries\":[]}".getBytes(StandardCharsets.UTF_8);
    Layer layer = fixture.open(fixture.push(layer(honestTar(), json), Digest.parse(ZEROS)));
    assertServedFromTheTar(layer, "expected " + ZEROS);
  }

  @Test
  void aChunkThatInflatesBeyondItsSize() throws IOException {
    byte[] tar = honestTar();
    String right = Digest.sha256("content".getBytes(StandardCharsets.UTF_8)).toString();
    // The member goes on for 505 bytes after the chunk, and the other chunk hides behind its end.
    Layer layer =
        open(
            file("f", "\"size\":7,\"innerOffset\":512,\"chunkDigest\":\"" + right + "\""),
            file("g", "\"size\":7,\"innerOffset\":1030,\"chunkDigest\":\"" + ZEROS + "\""));
    assertThat(tar).hasSizeGreaterThan(1024);
    assertThat(LayerFixture.read(layer, "f")).isEqualTo("content".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> LayerFixture.read(layer, "g"))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("'g'");
  }

  @Test
  void aTocThatInflatesWithoutEnd() throws IOException {
    ByteArrayOutputStream toc = new ByteArrayOutputStream();
    byte[] spaces = new byte[1 << 20];
    Arrays.fill(spaces, (byte) ' ');
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(toc))) {
      TarArchiveEntry entry = new TarArchiveEntry("stargz.index.json");
      entry.setSize(300L * spaces.length);
      tar.putArchiveEntry(entry);
      for (int i = 0; i < 300; i++) {
        tar.write(spaces);
      }
      tar.closeArchiveEntry();
    }
    byte[] blob = layerWith(honestTar(), toc.toByteArray());
    assertServedFromTheTar(fixture.open(fixture.push(blob, Digest.parse(ZEROS))), "bytes of JSON");
  }

  /** Whatever the TOC says, a read gives bytes that it has a digest for, or fails. */
  @Test
  void damagedTocsNeverGiveOtherBytes() throws IOException {
    byte[] content = new byte[200];
    new Random(1).nextBytes(content);
    String digest = Digest.sha256(Arrays.copyOf(content, 100)).toString();
    byte[] tar = new TarBuilder().file("f", content).build();
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      String[] rows = new String[1 + random.nextInt(4)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] =
            file(
                "f" + random.nextInt(3),
                "\"size\":%d,\"offset\":%d,\"innerOffset\":%d,\"chunkSize\":%d,\"chunkDigest\":\"%s\""
                    .formatted(
                        random.nextInt(300),
                        random.nextInt(3) * random.nextInt(300),
                        random.nextInt(1200),
                        random.nextInt(2) * 100,
                        digest));
      }
      byte[] json =
          ("{\"entries\":[" + String.join(",", rows) + "]}").getBytes(StandardCharsets.UTF_8);
      Layer layer = fixture.open(fixture.push(layer(tar, json), Digest.sha256(json)));
      for (Node.Named child : layer.tree().root().children()) {
        assertRightOrRefused(layer, child.node(), content);
      }
      layer.close();
    }
  }

  private static void assertRightOrRefused(Layer layer, Node file, byte[] content) {
    ByteBuffer target = ByteBuffer.allocate(400);
    try {
      int read = layer.read(file, 0, target);
      byte[] expected = Arrays.copyOf(content, read);
      assertThat(Arrays.copyOf(target.array(), read)).isEqualTo(expected);
    } catch (IOException e) {
      assertThat(e).isInstanceOf(CorruptContentException.class);
    }
  }
}
