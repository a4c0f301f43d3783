package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.TestTar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZstdChunkedTest {

  private static final EstargzOptions ZSTD =
      EstargzOptions.defaults().withCompression(new Compression.Zstd(3));

  @TempDir Path folder;

  private static byte[] sample() {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Arrays.fill(content, 0, content.length / 2, (byte) 7);
    TestTar tar = new TestTar().folder("d/").file("d/large", content).file("d/empty", "");
    for (int i = 0; i < 3000; i++) {
      tar.file("d/small" + i, "content of " + i);
    }
    return tar.file("zeros", new byte[10_000_000]).end();
  }

  @Test
  void theNumberOfWorkersChangesNothing() throws IOException {
    byte[] source = TestTar.gzip(sample());
    Converted one = Converted.of(source, ZSTD.withWorkers(1), folder);
    Converted four = Converted.of(source, ZSTD.withWorkers(4), folder);
    assertThat(four.layer()).isEqualTo(one.layer());
    assertThat(one.problems()).isEmpty();
    assertThat(one.layer().warnings()).isEmpty();
    assertThat(one.layer().sourceDiffId()).isEqualTo(Digest.sha256(sample()));
    assertThat(one.content("d/small2999")).asString().isEqualTo("content of 2999");
    assertThat(one.content("zeros")).hasSize(10_000_000).containsOnly(0);
  }

  @Test
  void everyLevelCanBeReadBack() throws IOException {
    byte[] source = new TestTar().file("f", "abc".repeat(3_000_000)).end();
    for (int level : List.of(1, 9, 19)) {
      EstargzOptions options =
          ZSTD.withCompression(new Compression.Zstd(level)).withChunkSize(64 << 20);
      assertThat(Converted.of(source, options, folder).problems()).isEmpty();
    }
    assertThatThrownBy(() -> new Compression.Zstd(20)).hasMessageContaining("1 to 19");
  }

  @Test
  void theManifestSaysWhereTheTocIs() throws IOException {
    Converted converted = Converted.of(sample(), ZSTD, folder);
    byte[] blob = converted.blob().bytes();
    ZstdManifest manifest = Objects.requireNonNull(converted.layer().zstdManifest());
    assertThat(Footer.read(converted.blob()))
        .isEqualTo(
            new Footer.ZstdChunked(manifest.offset(), manifest.compressedSize(), manifest.size()));
    int start = (int) manifest.offset();
    int end = start + (int) manifest.compressedSize();
    assertThat(Digest.sha256(Arrays.copyOfRange(blob, start, end))).isEqualTo(manifest.checksum());
    assertThat(converted.tocJson()).hasSize((int) manifest.size());
    // Two skippable frames: the TOC's and the footer's, with the manifest type 1 near its end.
    ByteBuffer fields = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(fields.getInt(start - 8)).isEqualTo(0x184d2a50);
    assertThat(fields.getInt(start - 4)).isEqualTo((int) manifest.compressedSize());
    assertThat(fields.getInt(end)).isEqualTo(0x184d2a50);
    assertThat(fields.getInt(end + 4)).isEqualTo(40);
    assertThat(fields.getLong(end + 32)).isEqualTo(1);
    assertThat(blob).hasSize(end + 48);
    assertThat(manifest.position())
        .isEqualTo(start + ":" + manifest.compressedSize() + ":" + manifest.size() + ":1");
  }

  @Test
  void convertsBothWaysAndBack() throws IOException {
    Converted zstd = Converted.of(sample(), ZSTD, folder);
    Converted gzip = Converted.of(zstd.blob().bytes(), EstargzOptions.defaults(), folder);
    assertThat(gzip.layer().zstdManifest()).isNull();
    assertThat(gzip.layer().digest())
        .isEqualTo(Converted.of(sample(), EstargzOptions.defaults(), folder).layer().digest());
    Converted back = Converted.of(gzip.blob().bytes(), ZSTD, folder);
    assertThat(back.layer().digest()).isEqualTo(zstd.layer().digest());
  }

  @Test
  void damageIsFound() throws IOException {
    Converted converted = Converted.of(sample(), ZSTD, folder);
    TocEntry large = Objects.requireNonNull(converted.toc().find("d/large")).entry();
    assertThat(large).isInstanceOf(TocEntry.RegularFile.class);
    Chunk chunk = ((TocEntry.RegularFile) large).chunks().getFirst();
    converted.blob().bytes()[(int) chunk.end() - 2000] ^= 1;
    assertThat(converted.problems())
        .anySatisfy(problem -> assertThat(problem.entry()).isEqualTo("d/large"));
  }

  @Test
  void aFooterThatLiesIsRefused() throws IOException {
    byte[] blob = Converted.of(new TestTar().file("a", "x").end(), ZSTD, folder).blob().bytes();
    int footer = blob.length - Footer.ZSTD_CHUNKED_SIZE;
    long offset = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).getLong(footer);
    assertUnreadable(blob, footer, 1L << 62, "outside of its");
    assertUnreadable(blob, footer, -1, "outside of its");
    assertUnreadable(blob, footer, offset - 8, "in the middle");
    assertUnreadable(blob, footer + 8, 1L << 62, "outside of its");
    assertUnreadable(blob, footer + 8, 0, "outside of its");
    assertUnreadable(blob, footer + 8, 9, "in the middle");
    assertUnreadable(blob, footer + 16, 1L << 62, "at most");
    assertUnreadable(blob, footer + 16, -5, "at most");
    assertUnreadable(blob, footer + 16, 100, "has not the 100 bytes");
    assertUnreadable(blob, footer + 16, 100_000, "has not the 100000 bytes");
  }

  private static void assertUnreadable(byte[] blob, int at, long value, String part) {
    byte[] lying = blob.clone();
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
    assertThatThrownBy(() -> UnverifiedToc.read(new BytesBlob(lying)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(part);
  }
}
