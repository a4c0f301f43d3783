package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.estargz.LayerVerifier.Expected;
import dev.starling.api.estargz.LayerVerifier.Problem;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.TestTar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerVerifierTest {

  private static final Digest OTHER = Digest.sha256(new byte[] {1});

  @TempDir Path folder;

  private Converted layer() throws IOException {
    byte[] tar = new TestTar().file("good", "good").file("bad", "x".repeat(5000)).end();
    return Converted.of(tar, EstargzOptions.defaults().withChunkSize(2000), folder);
  }

  @Test
  void namesTheFileAndPlaceOfADamagedChunk() throws IOException {
    Converted layer = layer();
    TocEntry bad = Objects.requireNonNull(layer.toc().find("bad")).entry();
    assertThat(bad).isInstanceOf(TocEntry.RegularFile.class);
    long offset = ((TocEntry.RegularFile) bad).chunks().get(1).offset();
    layer.blob().bytes()[(int) offset + 12] ^= 0x10;
    List<Problem> problems = layer.problems();
    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.entry()).isEqualTo("bad");
          assertThat(problem.offset()).isEqualTo(offset);
        })
        .noneSatisfy(problem -> assertThat(problem.entry()).isEqualTo("good"))
        .anySatisfy(problem -> assertThat(problem.message()).contains("the blob hashes to"));
  }

  @Test
  void comparesEveryDigest() throws IOException {
    Converted layer = layer();
    ConvertedLayer is = layer.layer();
    assertThat(layer.problems()).isEmpty();
    assertOneProblem(
        layer, new Expected(OTHER, is.size(), is.diffId(), is.tocDigest()), "the blob hashes");
    assertOneProblem(
        layer, new Expected(is.digest(), 5, is.diffId(), is.tocDigest()), "bytes, expected 5");
    assertOneProblem(
        layer, new Expected(is.digest(), is.size(), OTHER, is.tocDigest()), "decompressed layer");
    assertOneProblem(
        layer, new Expected(is.digest(), is.size(), is.diffId(), OTHER), "TOC hashes to");
    assertThat(LayerVerifier.verify(layer.blob(), new Expected(is.digest(), is.size(), null, null)))
        .isEmpty();
  }

  @Test
  void checksLayersThatAreNotEstargz() throws IOException {
    byte[] tar = new TestTar().file("a", "x").end();
    byte[] gzip = TestTar.gzip(tar);
    BytesBlob blob = new BytesBlob(gzip);
    Expected right = new Expected(Digest.sha256(gzip), gzip.length, Digest.sha256(tar), null);
    assertThat(LayerVerifier.verify(blob, right)).isEmpty();
    Expected claims = new Expected(Digest.sha256(gzip), gzip.length, Digest.sha256(tar), OTHER);
    assertThat(LayerVerifier.verify(blob, claims))
        .singleElement()
        .asString()
        .contains("no eStargz footer");
    gzip[gzip.length - 6] ^= 1;
    assertThat(LayerVerifier.verify(blob, right)).hasSize(2);
  }

  private static void assertOneProblem(Converted layer, Expected expected, String part)
      throws IOException {
    assertThat(LayerVerifier.verify(layer.blob(), expected))
        .singleElement()
        .asString()
        .contains(part);
  }
}
