package dev.starling.api.estargz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TestTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExternalTocTest {

  private static final EstargzOptions EXTERNAL = with(TocPlacement.EXTERNAL);
  private static final EstargzOptions LOSSLESS = with(TocPlacement.EXTERNAL_LOSSLESS);

  @TempDir Path folder;

  private static EstargzOptions with(TocPlacement toc) {
    return EstargzOptions.defaults().withCompression(new Compression.Gzip(6, toc));
  }

  /** What other converters would tidy up: duplicates, global headers, odd padding, a long end. */
  private static byte[] untidy() {
    Random random = new Random(7);
    byte[] large = new byte[1_300_000];
    random.nextBytes(large);
    TestTar tar =
        new TestTar()
            .pax('g', "comment", "a commit")
            .folder("d/")
            .file("d/a", "first")
            .header("d/odd", '0', 3, "")
            .raw(Arrays.copyOf("abcPADDING".getBytes(US_ASCII), 512))
            .file("d/large", large)
            .pax('g', "comment", "another")
            .pax('x', "mtime", "1700000000.25")
            .file("d/a", "second")
            .file(".no.prefetch.landmark", "\u000f")
            .hardLink("d/link", "d/a");
    for (int i = 0; i < 400; i++) {
      tar.file("d/small" + i, "content of " + i);
    }
    return TestTar.concat(tar.end(), new byte[9000], "after the end".repeat(300).getBytes(UTF_8));
  }

  private static byte[] decompress(byte[] blob) throws IOException {
    try (InputStream in = Decompression.open(new ByteArrayInputStream(blob))) {
      return in.readAllBytes();
    }
  }

  @Test
  void losslessKeepsEveryByteWhateverTheSourceIsCompressedWith() throws IOException {
    byte[] tar = untidy();
    for (EstargzOptions options : List.of(LOSSLESS, LOSSLESS.withMinChunkSize(50_000))) {
      Converted plain = Converted.of(tar, options.withChunkSize(1 << 19), folder);
      Converted gzip = Converted.of(TestTar.gzip(tar), options.withChunkSize(1 << 19), folder);
      assertThat(decompress(plain.blob().bytes())).isEqualTo(tar);
      assertThat(plain.layer().diffId()).isEqualTo(Digest.sha256(tar));
      assertThat(plain.layer().sourceDiffId()).isEqualTo(Digest.sha256(tar));
      assertThat(plain.layer().uncompressedSize()).isEqualTo(tar.length);
      assertThat(plain.problems()).isEmpty();
      assertThat(plain.content("d/a")).asString().isEqualTo("second");
      assertThat(plain.content("d/odd")).asString().isEqualTo("abc");
      assertThat(gzip.layer()).isEqualTo(plain.layer());
    }
    byte[] zstd =
        Converted.of(
                tar, EstargzOptions.defaults().withCompression(new Compression.Zstd(3)), folder)
            .blob()
            .bytes();
    Converted fromZstd = Converted.of(zstd, LOSSLESS, folder);
    assertThat(decompress(fromZstd.blob().bytes())).isEqualTo(decompress(zstd));
  }

  @ParameterizedTest
  @EnumSource(names = {"EXTERNAL", "EXTERNAL_LOSSLESS"})
  void theNumberOfWorkersChangesNothing(TocPlacement toc) throws IOException {
    EstargzOptions options = with(toc).withMinChunkSize(50_000);
    Converted one = Converted.of(untidy(), options.withWorkers(1), folder);
    Converted four = Converted.of(untidy(), options.withWorkers(4), folder);
    assertThat(four.layer()).isEqualTo(one.layer());
    assertThat(one.problems()).isEmpty();
    assertThat(one.layer().tocBlob()).isNotNull();
  }

  @Test
  void theLayerIsSmallerAndTheSameFilesAreInIt() throws IOException {
    Converted inside = Converted.of(untidy(), EstargzOptions.defaults(), folder);
    Converted external = Converted.of(untidy(), EXTERNAL, folder);
    assertThat(external.layer().size()).isLessThan(inside.layer().size());
    assertThat(external.names()).isEqualTo(inside.names());
    assertThat(Footer.read(external.blob())).isEqualTo(new Footer.ExternalToc());
    assertThat(decompress(inside.blob().bytes())).startsWith(decompress(external.blob().bytes()));
  }

  @Test
  void convertingAgainGivesPlainEstargzAgain() throws IOException {
    Converted once = Converted.of(untidy(), EstargzOptions.defaults(), folder);
    for (EstargzOptions options : List.of(EXTERNAL, LOSSLESS)) {
      Converted external = Converted.of(untidy(), options, folder);
      Converted again = Converted.of(external.blob().bytes(), EstargzOptions.defaults(), folder);
      assertThat(again.names()).isEqualTo(once.names());
      assertThat(again.tocDigest()).isNotEqualTo(external.tocDigest());
    }
    Converted external = Converted.of(untidy(), EXTERNAL, folder);
    assertThat(Converted.of(external.blob().bytes(), EXTERNAL, folder).layer().digest())
        .isEqualTo(external.layer().digest());
  }

  @Test
  void aLayerWithItsTocInsideCannotKeepItsBytes() throws IOException {
    byte[] estargz = Converted.of(untidy(), EstargzOptions.defaults(), folder).blob().bytes();
    assertThatThrownBy(() -> Converted.of(estargz, LOSSLESS, folder))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("convert the original image");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void damagedSourcesLeaveNothingBehind() {
    byte[] sparse = new TestTar().header("s", 'S', 0, "").end();
    byte[] cut = Arrays.copyOf(untidy(), 1_000_000);
    assertThatThrownBy(() -> Converted.of(sparse, LOSSLESS, folder)).hasMessageContaining("sparse");
    assertThatThrownBy(() -> Converted.of(cut, LOSSLESS, folder))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("truncated");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void damagedTocBlobsAreRefused() throws IOException {
    Converted layer = Converted.of(untidy(), EXTERNAL, folder);
    Converted other = Converted.of(new TestTar().file("x", "y").end(), EXTERNAL, folder);
    assertThat(new Converted(layer.layer(), layer.blob(), other.externalToc()).problems())
        .singleElement()
        .asString()
        .contains("the layer's TOC hashes to");
    BytesBlob empty = new BytesBlob(TestTar.gzip(new TestTar().end()));
    assertThatThrownBy(() -> UnverifiedToc.readExternal(layer.blob(), empty.content()))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("no stargz.index.json is in the TOC blob");
    BytesBlob bomb =
        new BytesBlob(
            TestTar.gzip(
                new TestTar().file("stargz.index.json", "{}").raw(new byte[9 << 20]).end()));
    assertThatThrownBy(() -> UnverifiedToc.readExternal(layer.blob(), bomb.content()))
        .hasMessageContaining("more than a TOC");
    Converted inside = Converted.of(untidy(), EstargzOptions.defaults(), folder);
    assertThatThrownBy(() -> UnverifiedToc.readExternal(inside.blob(), empty.content()))
        .hasMessageContaining("no footer that says its TOC is external");
  }

  @Test
  void nothingCanBePrioritizedWithoutChangingBytes() {
    assertThatThrownBy(() -> LOSSLESS.withPrioritized(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EXTERNAL.withPrioritized(List.of("a")).hasExternalToc()).isTrue();
  }

  @Test
  void uncompressingGivesTheTar() throws IOException {
    byte[] tar = untidy();
    Path target = folder.resolve("layer.tar");
    AtomicLong read = new AtomicLong();
    ConvertedLayer layer =
        LayerConverter.uncompress(
            new BytesBlob(TestTar.gzip(tar)).content(), target, read::addAndGet);
    assertThat(Files.readAllBytes(target)).isEqualTo(tar);
    assertThat(layer.digest()).isEqualTo(Digest.sha256(tar)).isEqualTo(layer.diffId());
    assertThat(layer.size()).isEqualTo(tar.length).isEqualTo(read.get());
    assertThat(layer.tocDigest()).isNull();
    byte[] cut = Arrays.copyOf(TestTar.gzip(tar), 100_000);
    assertThatThrownBy(
            () -> LayerConverter.uncompress(new BytesBlob(cut).content(), target, _ -> {}))
        .isInstanceOf(CorruptContentException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
