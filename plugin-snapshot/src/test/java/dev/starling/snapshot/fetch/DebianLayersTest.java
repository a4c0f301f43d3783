package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.FileBlob;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.tar.Decompression;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.cache.RecordingLog;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of a real system, read through layers of each format. */
final class DebianLayersTest {

  @TempDir Path folder;

  static List<EstargzOptions> options() {
    EstargzOptions options = EstargzOptions.defaults().withCompressionLevel(1);
    return List.of(
        options,
        options.withMinChunkSize(1 << 20).withChunkSize(256 << 10),
        options.withCompression(new Compression.Zstd(1)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void allFilesAreWhatTheyAreInTheTar(EstargzOptions options) throws Exception {
    OciLayout layout = OciLayout.open(TestImages.debian());
    try (ImageSource images = layout.source()) {
      Manifest manifest = Manifest.parse(images.manifest("medium"));
      for (Descriptor source : manifest.layers()) {
        compare(layout.blobs().require(source.digest()), options);
      }
    }
  }

  private void compare(Path source, EstargzOptions options) throws IOException {
    Path target = folder.resolve("converted");
    ConvertedLayer converted =
        LayerConverter.convert(
            offset -> {
              InputStream in = Files.newInputStream(source);
              in.skipNBytes(offset);
              return in;
            },
            target,
            options,
            folder,
            read -> {});
    Descriptor descriptor =
        Descriptor.of(MediaType.OCI_LAYER_GZIP, converted.digest(), converted.size())
            .withAnnotations(
                Map.of(
                    EstargzAnnotations.TOC_DIGEST,
                    Objects.requireNonNull(converted.tocDigest()).toString()));
    RecordingLog log = new RecordingLog();
    ChunkCache cache = ChunkCache.open(folder.resolve("cache"), 4L << 30, Clock.systemUTC(), log);
    try (LayerOpener opener =
            LayerOpener.create(cache, FetchOptions.defaults(), AccessListener.NONE, log);
        Layer layer = opener.open(new OneBlob(target), descriptor, ExternalTocs.NONE);
        InputStream tar = Decompression.open(Files.newInputStream(source))) {
      assertThat(layer.laziness()).isInstanceOf(Laziness.Lazy.class);
      new TarComparison(layer).compare(tar);
    }
    assertThat(log.lines()).noneMatch(line -> line.startsWith("warn"));
  }

  /** A source of the one blob that lies in a file. */
  private record OneBlob(Path file) implements ImageSource {

    @Override
    public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
      return FileBlob.open(file);
    }

    @Override
    public InputStream openBlob(Descriptor blob, long offset) {
      throw new UnsupportedOperationException("the layer is not to be read as a whole");
    }

    @Override
    public RawManifest manifest(String tagOrDigest) {
      throw new UnsupportedOperationException("there is only a blob");
    }

    @Override
    public Descriptor describeBlob(Digest digest) {
      throw new UnsupportedOperationException("there is only a blob");
    }

    @Override
    public List<String> tags() {
      throw new UnsupportedOperationException("there is only a blob");
    }

    @Override
    public void close() {
      // The file is opened for each blob anew.
    }
  }
}
