package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.testkit.fault.Access;
import dev.starling.testkit.fault.Fault;
import dev.starling.testkit.fault.LoggedRequest;
import dev.starling.testkit.image.TarBuilder;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched, when, how often, and what happens when that fails. */
final class LayerFetchTest {

  private static final int FILES = 40;
  private static final int SIZE = 100_000;

  @TempDir Path folder;
  private LayerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LayerFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  /** Files f0, f1, ... of noise, so that what is fetched is as long as what is read. */
  private static byte[] tar(int files, int size) {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < files; i++) {
      tar.file("f" + i, content(i, size));
    }
    return tar.build();
  }

  private static byte[] content(int file, int size) {
    byte[] content = new byte[size];
    new Random(file).nextBytes(content);
    return content;
  }

  private Descriptor push() throws IOException {
    return push(EstargzOptions.defaults());
  }

  private Descriptor push(EstargzOptions options) throws IOException {
    return fixture.push(tar(FILES, SIZE), options);
  }

  private void assertReads(Layer layer, int... files) throws IOException {
    for (int file : files) {
      assertThat(LayerFixture.read(layer, "f" + file))
          .as("f%s", file)
          .isEqualTo(content(file, SIZE));
    }
  }

  @Test
  void opensWithOneRequestForFooterAndToc() throws Exception {
    Descriptor descriptor = push();
    Layer layer =
        fixture.opener(LayerFixture.EXACT).open(fixture.source(), descriptor, ExternalTocs.NONE);

    assertThat(fixture.registry.log().matching(LoggedRequest::isBlob)).hasSize(1);
    assertThat(layer.laziness()).isEqualTo(new Laziness.Lazy("eStargz"));
    assertThat(layer.statistics().fetchedPercent()).isBetween(0.01, 5.0);
    layer.close();
  }

  @Test
  void aTocLongerThanMostTakesTwoRequests() throws Exception {
    byte[] tar = tar(3000, 1);
    Layer layer =
        fixture
            .opener(LayerFixture.EXACT)
            .open(
                fixture.source(), fixture.push(tar, EstargzOptions.defaults()), ExternalTocs.NONE);

    assertThat(fixture.requests()).hasSize(2);
    assertThat(layer.tree().entries()).isEqualTo(3000);
    layer.close();
  }

  @Test
  void fetchesOnlyWhatIsRead() throws Exception {
    Layer layer = fixture.open(push());

    assertReads(layer, 7);
    assertThat(fixture.requests()).hasSize(1);
    assertThat(fixture.bytesSent()).isBetween((long) SIZE, SIZE + 2000L);
    assertReads(layer, 7);
    assertThat(fixture.requests()).hasSize(1);
    LayerStatistics statistics = layer.statistics();
    assertThat(statistics.misses()).isEqualTo(1);
    assertThat(statistics.hits()).isEqualTo(1);
  }

  @Test
  void aSmallFileOfALargeLayerCostsLittle() throws Exception {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 40; i++) {
      tar.file("large-" + i, content(i, 1 << 20));
    }
    tar.file("small", content(1, 10_000));
    for (int i = 40; i < 60; i++) {
      tar.file("large-" + i, content(i, 1 << 20));
    }
    Layer layer =
        fixture.open(
            fixture.push(tar.build(), EstargzOptions.defaults()),
            FetchOptions.defaults().withBackground(false));

    assertThat(LayerFixture.read(layer, "small")).isEqualTo(content(1, 10_000));
    assertThat(fixture.bytesSent()).isBetween(10_000L, 2L << 20);
  }

  @Test
  void neighboursComeInOneRequest() throws Exception {
    Layer layer = fixture.open(push(EstargzOptions.defaults().withChunkSize(10_000)));

    ByteBuffer target = ByteBuffer.allocate(SIZE);
    assertThat(layer.read(LayerFixture.find(layer, "f3"), 0, target)).isEqualTo(SIZE);
    assertThat(target.array()).isEqualTo(content(3, SIZE));
    assertThat(fixture.requests()).hasSize(1);
    assertThat(layer.statistics().misses()).isEqualTo(10);
  }

  @Test
  void whatLiesBesideComesAlong() throws Exception {
    Layer layer = fixture.open(push(), LayerFixture.EXACT.withSizes(4 << 20, 250_000, 0));

    assertReads(layer, 3);
    awaitFetched(layer, 3 * SIZE);
    assertReads(layer, 4, 5);
    assertThat(fixture.requests()).hasSize(1);
    assertReads(layer, 6);
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void aReaderFromFrontToBackFindsTheNextChunkThere() throws Exception {
    Layer layer =
        fixture.open(
            push(EstargzOptions.defaults().withChunkSize(10_000)),
            LayerFixture.EXACT.withSizes(4 << 20, 0, 30_000));
    ByteBuffer target = ByteBuffer.allocate(10_000);
    layer.read(LayerFixture.find(layer, "f3"), 0, target);
    assertThat(layer.statistics().misses()).isEqualTo(1);
    layer.read(LayerFixture.find(layer, "f3"), 10_000, target.clear());
    assertThat(layer.statistics().misses()).isEqualTo(2);
    awaitFetched(layer, 50_000);
    layer.read(LayerFixture.find(layer, "f3"), 20_000, target.clear());
    layer.read(LayerFixture.find(layer, "f3"), 30_000, target.clear());
    assertThat(layer.statistics().misses()).isEqualTo(2);
  }

  @Test
  void oneMemberOfManyFilesIsFetchedOnce() throws Exception {
    Layer layer = fixture.open(push(EstargzOptions.defaults().withMinChunkSize(350_000)));

    assertReads(layer, 5, 6, 4, 7);
    assertThat(fixture.requests().size()).isLessThan(3);
  }

  @Test
  void prefetchesUpToTheLandmarkInOneRequestBeforeItIsReady() throws Exception {
    Descriptor descriptor =
        push(EstargzOptions.defaults().withPrioritized(List.of("f30", "f10", "f20")));
    Layer layer = fixture.open(descriptor);

    assertThat(layer.statistics().prefetchedSize()).isBetween(3L * SIZE, 3L * SIZE + 5000);
    assertReads(layer, 10, 20, 30);
    assertThat(fixture.requests()).isEmpty();
    assertThat(layer.statistics().misses()).isZero();
  }

  @Test
  void aLargePrefetchGoesOnInTheBackground() throws Exception {
    Descriptor descriptor =
        push(EstargzOptions.defaults().withPrioritized(List.of("f30", "f10", "f20")));
    fixture.registry.inject(
        new Fault.Stall(SIZE, Duration.ofMinutes(1)), 1, LayerFetchTest::isFromTheStart);
    Layer layer = fixture.open(descriptor, LayerFixture.EXACT.withPrefetch(0, SIZE));

    assertReads(layer, 5);
    assertThat(layer.statistics().prefetchedSize()).isZero();
  }

  private static boolean isFromTheStart(LoggedRequest request) {
    String range = request.header("Range");
    return range != null && range.matches("bytes=\\d{1,4}-.*");
  }

  @Test
  void manyReadersOfAChunkMakeOneRequest() throws Exception {
    Layer layer = fixture.open(push());
    List<Callable<byte[]>> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(() -> LayerFixture.read(layer, "f9"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<byte[]> read : threads.invokeAll(readers)) {
        assertThat(read.get()).isEqualTo(content(9, SIZE));
      }
    }
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void theRestIsFetchedWhenNobodyReads() throws Exception {
    LayerOpener opener = fixture.opener(LayerFixture.EXACT);
    Layer layer = opener.open(fixture.source(), push(), ExternalTocs.NONE);
    assertReads(layer, 3);
    assertThat(layer.statistics().fetchedPercent()).isLessThan(20);

    opener.setBackgroundFetch(true);
    awaitFetched(layer, layer.statistics().size());
    fixture.registry.log().clear();
    for (int i = 0; i < FILES; i++) {
      assertReads(layer, i);
    }
    assertThat(fixture.requests()).isEmpty();
    layer.close();
  }

  @Test
  void theRestWaitsWhileSomebodyReads() throws Exception {
    Descriptor descriptor = push();
    fixture.registry.inject(
        new Fault.Stall(10, Duration.ofMinutes(1)),
        1,
        request ->
            request.header("Range") != null
                && !String.valueOf(request.header("Range")).endsWith("-"));
    LayerOpener opener = fixture.opener(LayerFixture.EXACT);
    Layer layer = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    fixture.registry.log().clear();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> stalled = threads.submit(() -> LayerFixture.read(layer, "f0"));
      await(() -> fixture.requests().size() == 1);
      opener.setBackgroundFetch(true);
      assertReads(layer, 1, 2, 3);
      assertThat(fixture.requests()).hasSize(4);
      assertThat(stalled.isDone()).isFalse();
      fixture.registry.close();
    }
  }

  @Test
  void aWrongChunkIsFetchedAnewOnceAndNeverServed() throws Exception {
    Layer layer = fixture.open(push());
    fixture.registry.inject(new Fault.Corrupt(SIZE / 2), 1);
    assertReads(layer, 3);
    assertThat(fixture.requests()).hasSize(2);

    fixture.registry.inject(new Fault.Corrupt(SIZE / 2), 2);
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4"))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("'f4'")
        .hasMessageContaining("twice");
    assertThat(fixture.log.lines()).filteredOn(line -> line.startsWith("warn")).hasSize(1);
    assertReads(layer, 4);
  }

  @Test
  void damageSparesTheOtherChunksOfARequest() throws Exception {
    Layer layer = fixture.open(push(), LayerFixture.EXACT.withSizes(4 << 20, 250_000, 0));
    fixture.registry.inject(new Fault.Corrupt(SIZE + SIZE / 2), 1);

    assertReads(layer, 3);
    awaitFetched(layer, 3 * SIZE);
    assertReads(layer, 4, 5);
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void servesUnverifiedBytesOnlyOnRequestAndKeepsThemFromOthers() throws Exception {
    byte[] tar = tar(2, 50_000);
    Descriptor descriptor = fixture.push(tar, EstargzOptions.defaults().withCompressionLevel(0));
    Layer layer = fixture.open(descriptor, LayerFixture.EXACT.withVerify(false));
    // The checksum of the gzip member comes after the chunk, so nothing else notices.
    fixture.registry.inject(new Fault.Corrupt(1000), 1);

    assertThat(LayerFixture.read(layer, "f1")).isNotEqualTo(content(1, 50_000)).hasSize(50_000);
    Layer other = fixture.open(descriptor);
    assertThat(LayerFixture.read(other, "f1")).isEqualTo(content(1, 50_000));
  }

  @Test
  void brokenAnswersAreTakenUp() throws Exception {
    Layer layer = fixture.open(push());
    fixture.registry.inject(new Fault.Truncate(5_000), 1);
    assertReads(layer, 3);
    fixture.registry.inject(new Fault.Reset(5_000), 1);
    assertReads(layer, 4);
    fixture.registry.inject(new Fault.IgnoreRange(), 1);
    assertReads(layer, 5);
  }

  @Test
  void outlivesARegistryThatIsAwayForAWhile() throws Exception {
    Layer layer = fixture.open(push());
    fixture.registry.inject(new Fault.ServerError(503));
    fixture.onPause(() -> {
      if (fixture.pauses.size() == 3) {
        fixture.registry.heal();
      }
    });
    assertReads(layer, 3);
    assertThat(fixture.pauses).hasSize(3);

    fixture.onPause(() -> {});
    fixture.registry.inject(new Fault.ServerError(503));
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
    fixture.registry.heal();
    assertReads(layer, 4);
  }

  @Test
  void refusalsAreNotRepeated() throws Exception {
    Layer layer = fixture.open(push());
    Path blob = fixture.registry.layout().blobs().require(layer.descriptor().digest());
    Files.delete(blob);
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4")).hasMessageContaining("no blob");
    assertThat(fixture.pauses).isEmpty();
  }

  @Test
  void tokensAndSignedUrlsExpireInMidLife() throws Exception {
    fixture.close();
    fixture =
        new LayerFixture(
            folder.resolve("second"),
            new Access.Bearer("user", "secret", true, Duration.ofHours(1)));
    Path source = folder.resolve("second").resolve("registry");
    LayerFixture open = new LayerFixture(folder.resolve("third"));
    Descriptor descriptor = open.push(tar(FILES, SIZE), EstargzOptions.defaults());
    Path blob = open.registry.layout().blobs().require(descriptor.digest());
    Path target = source.resolve("blobs/sha256").resolve(descriptor.digest().hex());
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.copy(blob, target);
    open.close();

    fixture.registry.inject(new Fault.ForbidExpiredToken());
    fixture.registry.inject(new Fault.RedirectBlobs(Duration.ofMinutes(10)));
    Layer layer = fixture.open(descriptor);
    assertReads(layer, 1);
    fixture.clock.advance(Duration.ofMinutes(20));
    assertReads(layer, 2);
    fixture.clock.advance(Duration.ofHours(2));
    assertReads(layer, 3);
  }

  @Test
  void readsGoOnWhenTheCacheCannotBeWritten() throws Exception {
    Requirement.root();
    Requirement.programs("mount", "umount");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Descriptor descriptor = push();
    int exit =
        Program.of("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString())
            .run()
            .exit();
    Requirement.that(exit == 0, "the right to mount a tmpfs");
    try {
      ChunkCache cache = ChunkCache.open(disk, 1L << 30, fixture.clock, fixture.log);
      LayerOpener opener = fixture.opener(LayerFixture.EXACT, cache, AccessListener.NONE);
      try (Layer layer = opener.open(fixture.source(), descriptor, ExternalTocs.NONE)) {
        for (int i = 0; i < FILES; i++) {
          assertReads(layer, i);
        }
      }
      assertThat(fixture.log.lines()).anyMatch(line -> line.contains("cannot be written"));
    } finally {
      Program.of("umount", disk.toString()).run();
    }
  }

  @Test
  void chunksThatAreEvictedOrTornAreFetchedAnew() throws Exception {
    Layer layer = fixture.open(push());
    assertReads(layer, 1, 2);
    fixture.cache().prune(0);
    assertReads(layer, 1);
    assertThat(fixture.requests()).hasSize(3);

    Digest digest = Digest.sha256(content(1, SIZE));
    Path file =
        folder.resolve("cache/chunks").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    Files.write(file, new byte[SIZE]);
    Layer restarted = fixture.open(layer.descriptor());
    assertReads(restarted, 1);
  }

  @Test
  void layersAreSharedAndTheLastToCloseEndsThem() throws Exception {
    Descriptor descriptor = push();
    LayerOpener opener = fixture.opener(LayerFixture.EXACT);
    Layer one = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    Layer other = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    assertThat(other.tree()).isSameAs(one.tree());
    one.close();
    one.close();
    assertReads(other, 1);
    other.close();
    assertThatThrownBy(() -> LayerFixture.read(other, "f2")).hasMessageContaining("closed");
  }

  @Test
  void tellsOfEachRead() throws Exception {
    List<String> reads = new ArrayList<>();
    AccessListener listener =
        (layer, file, offset, length, time) ->
            reads.add(layer.tree().path(file) + " " + offset + " " + length + " " + time);
    LayerOpener opener = fixture.opener(LayerFixture.EXACT, fixture.cache(), listener);
    try (Layer layer = opener.open(fixture.source(), push(), ExternalTocs.NONE)) {
      layer.read(LayerFixture.find(layer, "f3"), 10, ByteBuffer.allocate(5));
    }
    assertThat(reads).containsExactly("f3 10 5 " + fixture.clock.instant());
  }

  @Test
  void fiveHundredThreadsReadWhileTheRestIsFetched() throws Exception {
    Descriptor descriptor = push(EstargzOptions.defaults().withChunkSize(20_000));
    LayerOpener opener = fixture.opener(FetchOptions.defaults());
    Layer layer = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    int before = descriptors();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger wrong = new AtomicInteger();
    List<Future<?>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        Random random = new Random(i);
        readers.add(
            threads.submit(() -> {
              go.await();
              for (int n = 0; n < 40; n++) {
                readSomewhere(layer, random, wrong);
              }
              return null;
            }));
      }
      go.countDown();
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
    assertThat(wrong).hasValue(0);
    awaitFetched(layer, layer.statistics().size());
    layer.close();
    // Connections stay open for the next request; files do not.
    assertThat(descriptors()).isLessThan(before + 60);
  }

  private static void readSomewhere(Layer layer, Random random, AtomicInteger wrong)
      throws IOException {
    int file = random.nextInt(FILES);
    int offset = random.nextInt(SIZE);
    ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(30_000));
    int read = layer.read(LayerFixture.find(layer, "f" + file), offset, target);
    byte[] expected = Arrays.copyOfRange(content(file, SIZE), offset, offset + read);
    if (read != Math.min(target.capacity(), SIZE - offset)
        || !Arrays.equals(expected, Arrays.copyOf(target.array(), read))) {
      wrong.incrementAndGet();
    }
  }

  private static int descriptors() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  private static void awaitFetched(Layer layer, long bytes) throws Exception {
    await(() -> layer.statistics().fetchedSize() >= bytes);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = Clock.systemUTC().millis() + Duration.ofMinutes(2).toMillis();
    while (!condition.call()) {
      assertThat(Clock.systemUTC().millis()).as("in time").isLessThan(deadline);
      Thread.sleep(2);
    }
  }
}
