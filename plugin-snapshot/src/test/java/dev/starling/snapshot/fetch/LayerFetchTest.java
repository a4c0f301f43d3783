package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.testkit.fault.Fault;
import dev.starling.testkit.fault.LoggedRequest;
import dev.starling.testkit.image.TarBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is fetched, when and how often. */
final class LayerFetchTest extends AbstractLayerTest {

  @Test
  void opensWithOneRequestForFooterAndToc() throws Exception {
    Descriptor descriptor = NoiseLayer.push(fixture, EstargzOptions.defaults());
    Layer layer =
        fixture.opener(LayerFixture.EXACT).open(fixture.source(), descriptor, ExternalTocs.NONE);

    assertThat(fixture.registry.log().matching(LoggedRequest::isBlob)).hasSize(1);
    assertThat(layer.laziness()).isEqualTo(new Laziness.Lazy("eStargz"));
    assertThat(layer.statistics().fetchedPercent()).isBetween(0.01, 5.0);
    layer.close();
  }

  @Test
  void aTocLongerThanMostTakesTwoRequests() throws Exception {
    byte[] tar = NoiseLayer.tar(3000, 1);
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
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));

    NoiseLayer.assertReads(layer, 7);
    assertThat(fixture.requests()).hasSize(1);
    assertThat(fixture.bytesSent()).isBetween((long) NoiseLayer.SIZE, NoiseLayer.SIZE + 2000L);
    NoiseLayer.assertReads(layer, 7);
    assertThat(fixture.requests()).hasSize(1);
    LayerStatistics statistics = layer.statistics();
    assertThat(statistics.misses()).isEqualTo(1);
    assertThat(statistics.hits()).isEqualTo(1);
  }

  @Test
  void aSmallFileOfALargeLayerCostsLittle() throws Exception {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 40; i++) {
      tar.file("large-" + i, NoiseLayer.content(i, 1 << 20));
    }
    tar.file("small", NoiseLayer.content(1, 10_000));
    for (int i = 40; i < 60; i++) {
      tar.file("large-" + i, NoiseLayer.content(i, 1 << 20));
    }
    Layer layer =
        fixture.open(
            fixture.push(tar.build(), EstargzOptions.defaults()),
            FetchOptions.defaults().withBackground(false));

    assertThat(LayerFixture.read(layer, "small")).isEqualTo(NoiseLayer.content(1, 10_000));
    assertThat(fixture.bytesSent()).isBetween(10_000L, 2L << 20);
  }

  @Test
  void neighboursComeInOneRequest() throws Exception {
    Layer layer =
        fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults().withChunkSize(10_000)));

    ByteBuffer target = ByteBuffer.allocate(NoiseLayer.SIZE);
    assertThat(layer.read(LayerFixture.find(layer, "f3"), 0, target)).isEqualTo(NoiseLayer.SIZE);
    assertThat(target.array()).isEqualTo(NoiseLayer.content(3, NoiseLayer.SIZE));
    assertThat(fixture.requests()).hasSize(1);
    assertThat(layer.statistics().misses()).isEqualTo(10);
  }

  @Test
  void whatLiesBesideComesAlong() throws Exception {
    Layer layer =
        fixture.open(
            NoiseLayer.push(fixture, EstargzOptions.defaults()),
            LayerFixture.EXACT.withSizes(new FetchOptions.Sizes(4 << 20, 250_000, 0)));

    NoiseLayer.assertReads(layer, 3);
    NoiseLayer.awaitFetched(layer, 3 * NoiseLayer.SIZE);
    NoiseLayer.assertReads(layer, 4, 5);
    assertThat(fixture.requests()).hasSize(1);
    NoiseLayer.assertReads(layer, 6);
    assertThat(fixture.requests()).hasSize(2);
  }

  /** In chunks of 10,000 bytes, of which three are read ahead. */
  private Layer openReadingAhead() throws IOException {
    return fixture.open(
        NoiseLayer.push(fixture, EstargzOptions.defaults().withChunkSize(10_000)),
        LayerFixture.EXACT.withSizes(new FetchOptions.Sizes(4 << 20, 0, 30_000)));
  }

  @Test
  void aReaderFromFrontToBackFindsTheNextChunkThere() throws Exception {
    Layer layer = openReadingAhead();
    long toc = layer.statistics().fetchedSize();
    ByteBuffer target = ByteBuffer.allocate(10_000);
    for (int offset = 0; offset <= 30_000; offset += 10_000) {
      layer.read(LayerFixture.find(layer, "f3"), offset, target.clear());
    }
    assertThat(layer.statistics().misses()).isEqualTo(4);
    NoiseLayer.awaitFetched(layer, toc + 70_000);
    for (int offset = 40_000; offset <= 60_000; offset += 10_000) {
      layer.read(LayerFixture.find(layer, "f3"), offset, target.clear());
    }
    assertThat(layer.statistics().misses()).isEqualTo(4);
  }

  /** The kernel reads around a page fault, which is no sign of what comes next. */
  @Test
  void aReaderOfAStretchGetsNoMoreThanThat() throws Exception {
    Layer layer = openReadingAhead();
    ByteBuffer target = ByteBuffer.allocate(10_000);
    for (int offset = 50_000; offset < 80_000; offset += 10_000) {
      layer.read(LayerFixture.find(layer, "f3"), offset, target.clear());
    }
    assertThat(fixture.requests()).hasSize(3);
  }

  @Test
  void oneMemberOfManyFilesIsFetchedOnce() throws Exception {
    Layer layer =
        fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults().withMinChunkSize(350_000)));

    NoiseLayer.assertReads(layer, 5, 6, 4, 7);
    assertThat(fixture.requests().size()).isLessThan(3);
  }

  @Test
  void prefetchesUpToTheLandmarkInOneRequestBeforeItIsReady() throws Exception {
    Descriptor descriptor =
        NoiseLayer.push(
            fixture, EstargzOptions.defaults().withPrioritized(List.of("f30", "f10", "f20")));
    Layer layer = fixture.open(descriptor);

    assertThat(layer.statistics().prefetchedSize())
        .isBetween(3L * NoiseLayer.SIZE, 3L * NoiseLayer.SIZE + 5000);
    NoiseLayer.assertReads(layer, 10, 20, 30);
    assertThat(fixture.requests()).isEmpty();
    assertThat(layer.statistics().misses()).isZero();
  }

  @Test
  void aLargePrefetchGoesOnInTheBackground() throws Exception {
    Descriptor descriptor =
        NoiseLayer.push(
            fixture, EstargzOptions.defaults().withPrioritized(List.of("f30", "f10", "f20")));
    fixture.registry.inject(
        new Fault.Stall(NoiseLayer.SIZE, Duration.ofMinutes(1)), 1, LayerFetchTest::isFromTheStart);
    Layer layer =
        fixture.open(
            descriptor,
            LayerFixture.EXACT.withPrefetch(
                new FetchOptions.Prefetch(0, NoiseLayer.SIZE, Duration.ofMinutes(1))));

    NoiseLayer.assertReads(layer, 5);
    assertThat(layer.statistics().prefetchedSize()).isZero();
  }

  private static boolean isFromTheStart(LoggedRequest request) {
    String range = request.header("Range");
    return range != null && range.matches("bytes=\\d{1,4}-.*");
  }

  @Test
  void manyReadersOfAChunkMakeOneRequest() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    List<Callable<byte[]>> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(() -> LayerFixture.read(layer, "f9"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<byte[]> read : threads.invokeAll(readers)) {
        assertThat(read.get()).isEqualTo(NoiseLayer.content(9, NoiseLayer.SIZE));
      }
    }
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void theRestIsFetchedWhenNobodyReads() throws Exception {
    LayerOpener opener = fixture.opener(LayerFixture.EXACT);
    Layer layer =
        opener.open(
            fixture.source(),
            NoiseLayer.push(fixture, EstargzOptions.defaults()),
            ExternalTocs.NONE);
    NoiseLayer.assertReads(layer, 3);
    assertThat(layer.statistics().fetchedPercent()).isLessThan(20);

    opener.setBackgroundFetch(true);
    NoiseLayer.awaitFetched(layer, layer.statistics().size());
    fixture.registry.log().clear();
    for (int i = 0; i < NoiseLayer.FILES; i++) {
      NoiseLayer.assertReads(layer, i);
    }
    assertThat(fixture.requests()).isEmpty();
    layer.close();
  }

  @Test
  void theRestWaitsWhileSomebodyReads() throws Exception {
    Descriptor descriptor = NoiseLayer.push(fixture, EstargzOptions.defaults());
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
      NoiseLayer.await(() -> fixture.requests().size() == 1);
      opener.setBackgroundFetch(true);
      NoiseLayer.assertReads(layer, 1, 2, 3);
      assertThat(fixture.requests()).hasSize(4);
      assertThat(stalled.isDone()).isFalse();
      fixture.registry.close();
    }
  }

  @Test
  void layersAreSharedAndTheLastToCloseEndsThem() throws Exception {
    Descriptor descriptor = NoiseLayer.push(fixture, EstargzOptions.defaults());
    LayerOpener opener = fixture.opener(LayerFixture.EXACT);
    Layer one = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    Layer other = opener.open(fixture.source(), descriptor, ExternalTocs.NONE);
    assertThat(other.tree()).isSameAs(one.tree());
    one.close();
    one.close();
    NoiseLayer.assertReads(other, 1);
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
    try (Layer layer =
        opener.open(
            fixture.source(),
            NoiseLayer.push(fixture, EstargzOptions.defaults()),
            ExternalTocs.NONE)) {
      layer.read(LayerFixture.find(layer, "f3"), 10, ByteBuffer.allocate(5));
    }
    assertThat(reads).containsExactly("f3 10 5 " + fixture.clock.instant());
  }

  @Test
  void fiveHundredThreadsReadWhileTheRestIsFetched() throws Exception {
    Descriptor descriptor =
        NoiseLayer.push(fixture, EstargzOptions.defaults().withChunkSize(20_000));
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
    NoiseLayer.awaitFetched(layer, layer.statistics().size());
    layer.close();
    // Connections stay open for the next request; files do not.
    assertThat(descriptors()).isLessThan(before + 60);
  }

  private static void readSomewhere(Layer layer, Random random, AtomicInteger wrong)
      throws IOException {
    int file = random.nextInt(NoiseLayer.FILES);
    int offset = random.nextInt(NoiseLayer.SIZE);
    ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(30_000));
    int read = layer.read(LayerFixture.find(layer, "f" + file), offset, target);
    byte[] expected =
        Arrays.copyOfRange(NoiseLayer.content(file, NoiseLayer.SIZE), offset, offset + read);
    if (read != Math.min(target.capacity(), NoiseLayer.SIZE - offset)
        || !Arrays.equals(expected, Arrays.copyOf(target.array(), read))) {
      wrong.incrementAndGet();
    }
  }

  private static int descriptors() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }
}
