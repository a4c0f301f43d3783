package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.testkit.image.ImageBuilder.Packing;
import dev.starling.testkit.image.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of each format hold what their tar holds. */
final class LayerFormatTest extends AbstractLayerTest {

  private static final Path VECTORS = Path.of("../api/src/test/resources/vectors");

  static List<EstargzOptions> options() {
    EstargzOptions options = EstargzOptions.defaults();
    return List.of(
        options,
        options.withChunkSize(10_000),
        options.withMinChunkSize(50_000),
        options.withMinChunkSize(50_000).withChunkSize(10_000),
        options.withCompression(new Compression.Zstd(3)).withChunkSize(10_000),
        options.withPrioritized(List.of("d/random")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsWhatTheTarHas(EstargzOptions options) throws Exception {
    byte[] tar = sample();
    Layer layer = fixture.open(fixture.push(tar, options));

    assertThat(layer.laziness()).isInstanceOf(Laziness.Lazy.class);
    new TarComparison(layer).compare(new ByteArrayInputStream(tar));
    LayerStatistics statistics = layer.statistics();
    assertThat(statistics.fetchedSize()).isEqualTo(statistics.size());
    assertThat(statistics.fetchedPercent()).isEqualTo(100);
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsTheSameFromTheCacheWithoutTheRegistry(EstargzOptions options) throws Exception {
    byte[] tar = sample();
    Descriptor descriptor = fixture.push(tar, options);
    new TarComparison(fixture.open(descriptor)).compare(new ByteArrayInputStream(tar));

    Layer again = fixture.open(descriptor);
    new TarComparison(again).compare(new ByteArrayInputStream(tar));
    assertThat(fixture.requests()).isEmpty();
    assertThat(again.statistics().misses()).isZero();
    assertThat(again.statistics().hitRate()).isEqualTo(1);
    assertThat(again.statistics().networkBytes()).isZero();
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource
  void readsWhatIsNotLazyFromItsTar(Packing packing) throws Exception {
    byte[] tar = sample();
    Descriptor descriptor = fixture.push(packing.pack(tar), (Digest) null);
    Layer layer = fixture.open(descriptor);

    assertThat(layer.laziness()).isEqualTo(new Laziness.Whole("its descriptor promises no TOC"));
    new TarComparison(layer).compare(new ByteArrayInputStream(tar));
    assertThat(layer.statistics().fetchedPercent()).isEqualTo(100);
    assertThat(layer.statistics().networkBytes()).isEqualTo(descriptor.size());

    Layer again =
        fixture.opener(LayerFixture.EXACT).open(fixture.source(), descriptor, ExternalTocs.NONE);
    new TarComparison(again).compare(new ByteArrayInputStream(tar));
    assertThat(fixture.requests()).isEmpty();
    again.close();
  }

  @Test
  void readsALegacyFooter() throws Exception {
    byte[] tar = sample();
    Descriptor modern = fixture.push(tar, EstargzOptions.defaults());
    byte[] blob = Files.readAllBytes(fixture.registry.layout().blobs().require(modern.digest()));
    byte[] footer = Arrays.copyOfRange(blob, blob.length - 51, blob.length);
    byte[] legacy = Arrays.copyOf(blob, blob.length - 4);
    // Without the subfield's name and length, and so four bytes shorter.
    System.arraycopy(footer, 0, legacy, blob.length - 51, 10);
    legacy[blob.length - 41] = 0x16;
    legacy[blob.length - 40] = 0;
    System.arraycopy(footer, 16, legacy, blob.length - 39, 35);
    Layer layer =
        fixture.open(
            fixture.push(
                legacy,
                Digest.parse(
                    modern.annotations().getOrDefault(EstargzAnnotations.TOC_DIGEST, ""))));

    assertThat(layer.laziness()).isEqualTo(new Laziness.Lazy("stargz"));
    new TarComparison(layer).compare(new ByteArrayInputStream(tar));
  }

  static List<Path> vectors() throws IOException {
    try (Stream<Path> files = Files.walk(VECTORS)) {
      return files.filter(path -> path.toString().endsWith(".esgz")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsWhatTheReferenceWrote(Path vector) throws Exception {
    byte[] blob = Files.readAllBytes(vector);
    Digest toc = Digest.sha256(Files.readAllBytes(beside(vector, ".toc.json")));
    Path apart = beside(vector, ".extoc.tar.gz");
    Layer layer =
        fixture.open(
            fixture.push(blob, toc),
            LayerFixture.EXACT,
            digest -> Files.exists(apart) ? Files.newInputStream(apart) : null);

    assertThat(layer.laziness()).isInstanceOf(Laziness.Lazy.class);
    Path tar = VECTORS.resolve("in").resolve(VECTORS.relativize(vector).getName(1) + ".tar");
    new TarComparison(layer)
        .compare(Decompression.open(new ByteArrayInputStream(Files.readAllBytes(tar))));
  }

  private static Path beside(Path vector, String suffix) {
    return vector.resolveSibling(vector.getFileName().toString().replace(".esgz", suffix));
  }

  /** One of everything, files of all sizes, and some with the same content. */
  static byte[] sample() {
    Random random = new Random(7);
    byte[] large = new byte[300_000];
    random.nextBytes(large);
    TarBuilder tar =
        new TarBuilder()
            .directory("d")
            .file("d/empty", new byte[0])
            .file("d/random", large)
            .file("d/zeros", new byte[100_000])
            .file("d/exact", Arrays.copyOf(large, 20_000))
            .hardlink("d/alias", "d/random")
            .symlink("d/link", "random")
            .fileWithXattrs("d/noted", "noted", Map.of("user.note", "value"))
            .characterDevice("d/null", 1, 3)
            .blockDevice("d/loop", 7, 9)
            .fifo("d/pipe")
            .whiteout("d/gone")
            .file("implied/folder/file", "x")
            .file(
                "\u00fc",
                "name".getBytes(StandardCharsets.UTF_8),
                entry -> {
                  entry.setIds(1000, 2000);
                  entry.setMode(04711);
                });
    for (int i = 0; i < 200; i++) {
      byte[] small = new byte[random.nextInt(2000)];
      random.nextBytes(small);
      tar.file("d/small-" + i, small);
    }
    return tar.build();
  }
}
