package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.TestTar;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerConverterTest {

  private static final EstargzOptions DEFAULTS = EstargzOptions.defaults();

  @TempDir Path folder;

  /** A tar of files of all sizes around the pipeline's, some compressible. */
  private static byte[] sample() {
    Random random = new Random(1);
    TestTar tar = new TestTar().folder("d/");
    int[] sizes = {0, 1, 511, 512, 513, 70_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 9_000_000};
    for (int size : sizes) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      Arrays.fill(content, 0, size / 2, (byte) size);
      tar.file("d/" + size, content).hardLink("l" + size, "d/" + size);
    }
    for (int i = 0; i < 5000; i++) {
      tar.file("d/small" + i, "content of " + i).folder("e" + i + "/");
    }
    return tar.end();
  }

  @Test
  void membersOfSeveralFilesAreSmallerAndDoNotDependOnTheWorkers() throws IOException {
    byte[] source = TestTar.gzip(sample());
    EstargzOptions grouped = DEFAULTS.withMinChunkSize(50_000);
    Converted one = Converted.of(source, grouped.withWorkers(1), folder);
    Converted four = Converted.of(source, grouped.withWorkers(4), folder);
    assertThat(four.layer()).isEqualTo(one.layer());
    assertThat(one.problems()).isEmpty();
    assertThat(one.layer().size())
        .isLessThan(Converted.of(source, DEFAULTS, folder).layer().size());
    assertThat(one.content("d/small4999")).asString().isEqualTo("content of 4999");
    Converted again = Converted.of(one.blob().bytes(), grouped, folder);
    assertThat(again.layer().digest()).isEqualTo(one.layer().digest());
  }

  @Test
  void theNumberOfWorkersChangesNothing() throws IOException {
    byte[] source = TestTar.gzip(sample());
    Converted one = Converted.of(source, DEFAULTS.withWorkers(1), folder);
    Converted four = Converted.of(source, DEFAULTS.withWorkers(4), folder);
    assertThat(four.layer()).isEqualTo(one.layer());
    assertThat(one.problems()).isEmpty();
    assertThat(one.layer().sourceDiffId()).isEqualTo(Digest.sha256(sample()));
    assertThat(one.layer().warnings()).isEmpty();
  }

  @Test
  void everyChunkSizeYieldsTheSameFiles() throws IOException {
    byte[] source = sample();
    for (int chunkSize : List.of(1 << 12, 100_000, 1 << 20, 64 << 20)) {
      Converted converted = Converted.of(source, DEFAULTS.withChunkSize(chunkSize), folder);
      assertThat(converted.problems()).isEmpty();
      assertThat(converted.content("d/9000000")).hasSize(9_000_000);
    }
    byte[] few = new TestTar().file("a", "abcdefghij").end();
    Converted bytewise = Converted.of(few, DEFAULTS.withChunkSize(1), folder);
    assertThat(bytewise.problems()).isEmpty();
    assertThat(bytewise.content("a")).asString().isEqualTo("abcdefghij");
  }

  @Test
  void everyLevelIsReadableAndNoneChangesTheContent() throws IOException {
    byte[] source = sample();
    Digest diffId = Converted.of(source, DEFAULTS, folder).layer().diffId();
    long stored = Converted.of(source, DEFAULTS.withCompressionLevel(0), folder).layer().size();
    long previous = stored;
    for (int level : List.of(1, 6, 9, 12)) {
      Converted converted = Converted.of(source, DEFAULTS.withCompressionLevel(level), folder);
      assertThat(converted.problems()).isEmpty();
      assertThat(converted.layer().size()).isLessThan(stored).isLessThanOrEqualTo(previous + 4096);
      previous = converted.layer().size();
    }
    // Offsets are part of the TOC, so only its length ties the decompressed bytes to the level.
    assertThat(diffId).isEqualTo(Converted.of(source, DEFAULTS, folder).layer().diffId());
  }

  @Test
  void otherToolsUnpackTheBlob() throws Exception {
    Path blob = folder.resolve("layer.tar.gz");
    Files.write(blob, Converted.of(sample(), DEFAULTS, folder).blob().bytes());
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    assertThat(run("gzip", "-t", blob.toString())).isZero();
    assertThat(run("tar", "-xzf", blob.toString(), "-C", unpacked.toString())).isZero();
    assertThat(unpacked.resolve("d/1048577")).hasSize((1 << 20) + 1);
    assertThat(unpacked.resolve("d/small4999")).hasContent("content of 4999");
    assertThat(Files.getAttribute(unpacked.resolve("l512"), "unix:nlink")).isEqualTo(2);
    assertThat(unpacked.resolve("stargz.index.json")).isNotEmptyFile();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Test
  void theSourcesCompressionDoesNotMatter() throws IOException {
    byte[] tar = sample();
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(zstd)) {
      out.write(tar);
    }
    byte[] half = TestTar.gzip(Arrays.copyOf(tar, 12_345));
    byte[] rest = TestTar.gzip(Arrays.copyOfRange(tar, 12_345, tar.length));
    ConvertedLayer plain = Converted.of(tar, DEFAULTS, folder).layer();
    assertThat(Converted.of(zstd.toByteArray(), DEFAULTS, folder).layer()).isEqualTo(plain);
    assertThat(Converted.of(TestTar.concat(half, rest), DEFAULTS, folder).layer()).isEqualTo(plain);
    assertThat(Converted.of(TestTar.concat(half, rest, new byte[99]), DEFAULTS, folder).layer())
        .isEqualTo(plain);
  }

  @Test
  void convertingAgainGivesTheSameBlob() throws IOException {
    Converted once = Converted.of(sample(), DEFAULTS, folder);
    Converted twice = Converted.of(once.blob().bytes(), DEFAULTS, folder);
    assertThat(twice.layer().digest()).isEqualTo(once.layer().digest());
    EstargzOptions prioritized = DEFAULTS.withPrioritized(List.of("d/513"));
    Converted front = Converted.of(once.blob().bytes(), prioritized, folder);
    assertThat(front.names()).startsWith("d/", "d/513", ".prefetch.landmark");
    assertThat(front.names()).doesNotContain(".no.prefetch.landmark", "stargz.index.json");
  }

  @Test
  void whatLittleIsNeededOfLiesRightBehindTheLandmark() throws IOException {
    byte[] tar = new TestTar().file("first", "1").file("big/file", "2").file("needed", "3").end();
    Prioritization choice =
        new Prioritization() {
          @Override
          public boolean isEmpty() {
            return false;
          }

          @Override
          public Choice choose(LayerPaths layer) {
            return new Choice(
                List.of("needed"), List.of("big/file", "needed"), List.of(), List.of());
          }

          @Override
          public String fingerprint() {
            return "both";
          }
        };
    assertThat(Converted.of(tar, DEFAULTS.withPrioritized(choice), folder).names())
        .containsExactly("needed", ".prefetch.landmark", "big/file", "first");
  }

  @Test
  void aDuplicateLateInALayerReplacesTheEarlierEntry() throws IOException {
    byte[] tar =
        TestTar.concat(
            new TestTar().file("a", "old").open(),
            Arrays.copyOf(sample(), sample().length - 1024),
            new TestTar().file("./a", "new").file("z", "last").file("d/1", "new too").end());
    AtomicInteger opened = new AtomicInteger();
    Path target = folder.resolve("layer");
    ConvertedLayer layer =
        LayerConverter.convert(
            offset -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream(tar);
            },
            target,
            DEFAULTS,
            folder,
            read -> {});
    Converted converted = new Converted(layer, BytesBlob.of(target));
    assertThat(opened).hasValue(2);
    assertThat(converted.names()).endsWith("./a", "z", "d/1").doesNotHaveDuplicates();
    assertThat(converted.content("a")).asString().isEqualTo("new");
    assertThat(converted.problems()).isEmpty();
    assertThat(layer.sourceDiffId()).isEqualTo(Digest.sha256(tar));
    EstargzOptions prioritized = DEFAULTS.withPrioritized(List.of("z"));
    assertThat(Converted.of(tar, prioritized, folder).content("a")).asString().isEqualTo("new");
  }

  @Test
  void prioritizesWithMissingFoldersAndCircularLinks() throws IOException {
    byte[] tar =
        new TestTar()
            .file("x", "1")
            .file("no/folder/here", "2")
            .hardLink("self", "self")
            .hardLink("one", "two")
            .hardLink("two", "one")
            .hardLink("out", "elsewhere")
            .end();
    EstargzOptions options =
        DEFAULTS
            .withPrioritized(List.of("no/folder/here", "self", "one", "out"))
            .withAllowMissing(true);
    Path target = folder.resolve("layer");
    ConvertedLayer layer =
        LayerConverter.convert(
            offset -> new ByteArrayInputStream(tar), target, options, folder, read -> {});
    assertThat(layer.missed()).containsExactly("out");
    String json =
        new String(
            UnverifiedToc.read(BytesBlob.of(target)).json(),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(json)
        .containsSubsequence(
            "no/folder/here", "self", "\"two\"", "\"one\"", ".prefetch.landmark", "\"x\"");
    assertThat(layer.warnings()).anySatisfy(w -> assertThat(w).contains("'out' -> 'elsewhere'"));
  }

  @Test
  void deepNamesAndLongChainsOfLinksDoNoHarm() throws IOException {
    TestTar tar = new TestTar();
    String deep = "a/".repeat(200_000) + "f";
    tar.pax('x', "path", deep).file("f", "deep");
    for (int i = 0; i < 20_000; i++) {
      tar.hardLink("l" + i, "l" + (i + 1));
    }
    tar.file("l20000", "end");
    EstargzOptions options = DEFAULTS.withPrioritized(List.of(deep, "l0"));
    Converted converted = Converted.of(tar.end(), options, folder);
    assertThat(converted.layer().missed()).isEmpty();
    assertThat(converted.layer().warnings())
        .anySatisfy(w -> assertThat(w).contains("longer than 4096"));
  }

  @Test
  void warnsOfNamesThatAreNotUtf8() throws IOException {
    byte[] tar = new TestTar().file("caf\udce9", "x").file("ok", "y").end();
    Converted converted = Converted.of(tar, DEFAULTS, folder);
    assertThat(converted.layer().warnings()).singleElement().asString().contains("caf?");
    assertThat(new String(converted.tocJson(), java.nio.charset.StandardCharsets.US_ASCII))
        .contains("\"caf\\ufffd\"");
    assertThat(converted.problems()).isEmpty();
  }

  @Test
  void damagedLayersLeaveNothingBehind() {
    byte[] gzip = TestTar.gzip(sample());
    byte[] flipped = gzip.clone();
    Arrays.fill(flipped, 500_000, 500_100, (byte) 0);
    byte[] checksum = sample();
    checksum[512 + 3] ^= 1;
    assertFails(Arrays.copyOf(gzip, 1_000_000), "middle of a member");
    assertFails(flipped, "gzip data");
    assertFails(Arrays.copyOf(sample(), 5_000_000), "inside 'd/9000000'");
    assertFails(checksum, "checksum");
    assertFails(TestTar.concat(gzip, new byte[] {7}), "no gzip member");
    assertFails(
        "<html>".repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII), "checksum");
  }

  private void assertFails(byte[] source, String part) {
    for (EstargzOptions options : List.of(DEFAULTS, DEFAULTS.withPrioritized(List.of("d")))) {
      assertThatThrownBy(() -> Converted.of(source, options, folder))
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining(part);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aFailingTargetIsReported() {
    assertThatThrownBy(() ->
            LayerConverter.convert(
                offset -> new ByteArrayInputStream(sample()),
                Path.of("/dev/full"),
                DEFAULTS,
                folder,
                read -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/full");
    assertThat(Path.of("/dev/full")).exists();
  }

  @Test
  void interruptingEndsIt() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Path target = folder.resolve("layer");
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                LayerConverter.convert(
                    offset -> new EndlessTar(),
                    target,
                    DEFAULTS,
                    folder,
                    read -> underWay.countDown());
              } catch (IOException | RuntimeException e) {
                outcome.set(e);
              }
            });
    underWay.await();
    thread.interrupt();
    thread.join(30_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(outcome.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(target).doesNotExist();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.isAlive() && t.getName().startsWith("estargz-"));
  }

  @Test
  void progressAddsUpToTheTar() throws IOException {
    AtomicLong sum = new AtomicLong();
    byte[] tar = sample();
    LayerConverter.convert(
        offset -> new ByteArrayInputStream(TestTar.gzip(tar)),
        folder.resolve("layer"),
        DEFAULTS,
        folder,
        sum::addAndGet);
    assertThat(sum).hasValue(tar.length);
  }

  /** A tar with one file that never ends. */
  private static final class EndlessTar extends InputStream {
    private final InputStream header =
        new ByteArrayInputStream(new TestTar().header("endless", '0', 1L << 50, "").open());

    @Override
    public int read() throws IOException {
      return Math.max(0, header.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = header.read(buffer, offset, length);
      return read < 0 ? length : read;
    }
  }
}
