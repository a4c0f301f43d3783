package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.TestTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TocTest {

  private static final String DIGEST = "\"digest\":\"sha256:" + "0".repeat(64) + "\"";
  private static final String CHUNK = "\"chunkDigest\":\"sha256:" + "0".repeat(64) + "\"";

  /** Reads a TOC with these entries from a layer that has 1000 bytes of content. */
  private static Toc toc(String... entries) throws IOException {
    byte[] json =
        ("{\"version\":1,\"entries\":[" + String.join(",", entries) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    UnverifiedToc toc = UnverifiedToc.read(layer(json));
    assertThat(toc.json()).isEqualTo(json);
    return toc.verify(Digest.sha256(json));
  }

  private static BytesBlob layer(byte[] json) {
    byte[] member = TestTar.gzip(new TestTar().file("stargz.index.json", json).end());
    return new BytesBlob(TestTar.concat(new byte[1000], member, GzipFormat.footer(1000)));
  }

  private static String reg(String name, String rest) {
    return "{\"name\":\"" + name + "\",\"type\":\"reg\"," + rest + "}";
  }

  private static String entry(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\"}";
  }

  private static String hardLink(String name, String target) {
    return "{\"name\":\"" + name + "\",\"type\":\"hardlink\",\"linkName\":\"" + target + "\"}";
  }

  private static void assertCorrupt(String part, String... entries) {
    assertThatThrownBy(() -> toc(entries))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(part);
  }

  private static TocNode find(Toc toc, String path) {
    return Objects.requireNonNull(toc.find(path), path);
  }

  @Test
  void buildsATreeWithMissingParentsAndDuplicates() throws IOException {
    Toc toc =
        toc(
            "{\"name\":\"./a/\",\"type\":\"dir\",\"mode\":448,\"uid\":5,\"userName\":\"u\"}",
            reg("a/f", DIGEST),
            "{\"name\":\"a\",\"type\":\"dir\",\"mode\":493,\"uid\":5,\"modtime\":\"2023-11-14T22:13:20Z\"}",
            entry("x/y/z", "fifo"),
            entry("../../up", "dir"),
            "{\"name\":\"s\",\"type\":\"symlink\",\"linkName\":\"../t\",\"modtime\":\"12023-11-14T22:13:20Z\"}",
            "{\"name\":\"n\",\"type\":\"char\",\"devMajor\":1,\"devMinor\":3,\"xattrs\":{\"user.k\":\"eA==\"}}",
            hardLink("h2", "/h1"),
            hardLink("h1", "./a/f"));
    assertThat(toc.root().children().keySet())
        .containsExactlyInAnyOrder("a", "x", "up", "s", "n", "h1", "h2");
    TocEntry.Attributes a = find(toc, "a").entry().attributes();
    assertThat(a.mode()).isEqualTo(493);
    assertThat(a.userName()).isEqualTo("u");
    assertThat(a.modTime()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    assertThat(find(toc, "x/y").entry().attributes().mode()).isEqualTo(0755);
    assertThat(find(toc, "h2")).isSameAs(find(toc, "a/f"));
    assertThat(find(toc, "a/f").links()).isEqualTo(3);
    assertThat(find(toc, "x").links()).isEqualTo(3);
    assertThat(toc.root().links()).isEqualTo(5);
    assertThat(find(toc, "n").entry().attributes().xattrs()).containsKey("user.k");
    assertThat(find(toc, "s").entry().attributes().modTime())
        .isEqualTo(Instant.parse("+12023-11-14T22:13:20Z"));
    assertThat(toc.find("a/f/g")).isNull();
    assertThat(toc.entries()).hasSize(9);
  }

  @Test
  void foldsChunksIntoFiles() throws IOException {
    Toc toc =
        toc(
            reg("f", "\"size\":250,\"offset\":10,\"chunkSize\":100," + CHUNK),
            "{\"name\":\"f\",\"type\":\"chunk\",\"offset\":50,\"chunkOffset\":100,\"chunkSize\":100,"
                + CHUNK
                + "}",
            "{\"name\":\"f\",\"type\":\"chunk\",\"offset\":50,\"innerOffset\":100,\"chunkOffset\":200,"
                + CHUNK
                + "}",
            reg("g", "\"size\":7,\"offset\":90," + DIGEST));
    assertThat(find(toc, "f").entry()).isInstanceOf(TocEntry.RegularFile.class);
    TocEntry.RegularFile f = (TocEntry.RegularFile) find(toc, "f").entry();
    assertThat(f.chunks()).extracting(Chunk::fileOffset).containsExactly(0L, 100L, 200L);
    assertThat(f.chunks()).extracting(Chunk::size).containsExactly(100L, 100L, 50L);
    assertThat(f.chunks()).extracting(Chunk::end).containsExactly(50L, 90L, 90L);
    TocEntry.RegularFile g = (TocEntry.RegularFile) find(toc, "g").entry();
    assertThat(g.chunks()).extracting(Chunk::end).containsExactly(1000L);
    assertThat(g.chunks().getFirst().digest()).isEqualTo(g.digest());
  }

  @Test
  void refusesChunksThatCannotBe() {
    String huge = "4611686018427387904";
    assertCorrupt(
        "more than can be there", reg("f", "\"size\":" + huge + ",\"offset\":1," + CHUNK));
    assertCorrupt("more than can be there", reg("f", "\"size\":2000000,\"offset\":1," + CHUNK));
    assertCorrupt(
        "more than can be there",
        reg("f", "\"size\":1,\"offset\":1,\"innerOffset\":9223372036854775807," + CHUNK));
    assertCorrupt("at offset 1000", reg("f", "\"size\":1,\"offset\":1000," + CHUNK));
    assertCorrupt("at offset -5", reg("f", "\"size\":1,\"offset\":-5," + CHUNK));
    assertCorrupt("size of -1", reg("f", "\"size\":-1,\"offset\":5," + CHUNK));
    assertCorrupt("without a digest", reg("f", "\"size\":1,\"offset\":5"));
    assertCorrupt(
        "malformed digest", reg("f", "\"size\":1,\"offset\":5,\"chunkDigest\":\"sha256:x\""));
    assertCorrupt(
        "expected one below 7",
        reg("f", "\"size\":1,\"offset\":9," + CHUNK),
        reg("g", "\"size\":1,\"offset\":7," + CHUNK));
    assertCorrupt(
        "chunks for 3 of its 9", reg("f", "\"size\":9,\"offset\":1,\"chunkSize\":3," + CHUNK));
    assertCorrupt("without a file", "{\"name\":\"f\",\"type\":\"chunk\",\"offset\":5}");
    assertCorrupt(
        "among those of 'f'",
        reg("f", "\"size\":9,\"offset\":1,\"chunkSize\":3," + CHUNK),
        "{\"name\":\"g\",\"type\":\"chunk\",\"offset\":5,\"chunkOffset\":3," + CHUNK + "}");
    assertCorrupt(
        "expected 3",
        reg("f", "\"size\":9,\"offset\":1,\"chunkSize\":3," + CHUNK),
        "{\"name\":\"f\",\"type\":\"chunk\",\"offset\":5,\"chunkOffset\":4," + CHUNK + "}");
  }

  @Test
  void refusesTreesThatCannotBe() {
    assertCorrupt("in a circle", hardLink("a", "b"), hardLink("b", "a"));
    assertCorrupt("in a circle", hardLink("a", "a"));
    assertCorrupt("not in the layer", hardLink("a", "b"));
    assertCorrupt("a directory", hardLink("a", "b"), entry("b", "dir"));
    assertCorrupt("no directory", entry("a", "fifo"), entry("a/b", "fifo"));
    assertCorrupt("no directory", entry("a", "fifo"), entry("a/b/c/d", "fifo"));
    assertCorrupt("unknown type 'door'", entry("a", "door"));
    assertCorrupt("more than 4096", entry("a".repeat(5000), "fifo"));
  }

  @Test
  void refusesWhatIsNoToc() throws IOException {
    for (String json :
        List.of(
            "[]",
            "{\"entries\":[5]}",
            "{\"entries\":[",
            "{\"entries\":[{\"size\":1e400}]}x",
            "[".repeat(500))) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      if (json.startsWith("{\"entries\":[{")) {
        assertThat(UnverifiedToc.read(layer(bytes)).digest()).isEqualTo(Digest.sha256(bytes));
      } else {
        assertThatThrownBy(() -> UnverifiedToc.read(layer(bytes)).verify(Digest.sha256(bytes)))
            .isInstanceOf(CorruptContentException.class);
      }
    }
    assertThatThrownBy(
            () -> UnverifiedToc.read(layer(new byte[2])).verify(Digest.sha256(new byte[1])))
        .hasMessageContaining("expected sha256:");
    byte[] other = TestTar.gzip(new TestTar().file("./stargz.index.json", "{}").end());
    assertUnreadable(TestTar.concat(other, GzipFormat.footer(0)), "no stargz.index.json");
    byte[] bomb = TestTar.gzip(new TestTar().header("stargz.index.json", '0', 1L << 40, "").open());
    assertUnreadable(TestTar.concat(bomb, GzipFormat.footer(0)), "at most");
    assertUnreadable(TestTar.concat(bomb, GzipFormat.footer(1L << 62)), "outside");
    assertUnreadable(new byte[100], "no eStargz footer");
    assertUnreadable(new byte[0], "no eStargz footer");
  }

  private static void assertUnreadable(byte[] blob, String part) {
    assertThatThrownBy(() -> UnverifiedToc.read(new BytesBlob(blob)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void chunkReadingIsBoundedAndVerified() throws IOException {
    byte[] bomb = TestTar.gzip(new byte[50_000_000]);
    BytesBlob blob = new BytesBlob(bomb);
    Digest ten = Digest.sha256(new byte[10]);
    ChunkReader reader = new ChunkReader(blob, dev.starling.api.tar.Decompression.GZIP);
    assertThat(reader.read(new Chunk(0, 10, 0, 0, bomb.length, ten))).hasSize(10);
    assertThat(reader.read(new Chunk(0, 10, 0, 40_000_000, bomb.length, ten))).hasSize(10);
    List<Chunk> bad = new ArrayList<>();
    bad.add(new Chunk(0, 11, 0, 0, bomb.length, ten));
    bad.add(new Chunk(0, 10, 0, 49_999_995, bomb.length, ten));
    bad.add(new Chunk(0, 10, 0, 60_000_000, bomb.length, ten));
    bad.add(new Chunk(0, 10, 5, 0, bomb.length, ten));
    bad.add(new Chunk(0, 10, 0, 0, 12, ten));
    bad.add(new Chunk(0, 1L << 40, 0, 0, bomb.length, ten));
    for (Chunk chunk : bad) {
      assertThatThrownBy(() -> reader.read(chunk)).isInstanceOf(CorruptContentException.class);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader.copy(new Chunk(0, 10, 0, 0, bomb.length, ten), out);
    assertThat(out.size()).isEqualTo(10);
  }
}
