package dev.starling.optimize.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.snapshot.layer.FileFacts;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.LayerTreeBuilder;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import dev.starling.snapshot.layer.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessRecorderTest {

  private static final Instant START = Instant.ofEpochSecond(1000);

  private final FakeLayer base = new FakeLayer("base");
  private final FakeLayer top = new FakeLayer("top");
  private final AccessRecorder recorder =
      new AccessRecorder(
          List.of(base.descriptor(), top.descriptor()), Clock.fixed(START, ZoneOffset.UTC));

  AccessRecorderTest() throws IOException {}

  /** Has the files a, b of 10,000 bytes each, and c, a hard link to b. */
  private record FakeLayer(Descriptor descriptor, LayerTree tree) implements Layer {

    FakeLayer(String name) throws IOException {
      this(
          Descriptor.of(
              MediaType.OCI_CONFIG,
              Digest.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
              1),
          files());
    }

    private static LayerTree files() throws IOException {
      LayerTreeBuilder builder = new LayerTreeBuilder();
      for (String name : List.of("d/a", "d/b")) {
        builder.add(
            name, new FileFacts(NodeType.REGULAR, 0644, 0, 0, 0, 0, 10_000, 0, 0, 0, "", Map.of()));
      }
      builder.addHardLink("d/c", "d/b");
      return builder.build();
    }

    Node node(String path) {
      return Objects.requireNonNull(tree.find(path));
    }

    @Override
    public Laziness laziness() {
      return new Laziness.Whole("it is a fake");
    }

    @Override
    public int read(Node file, long offset, ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LayerStatistics statistics() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private void open(FakeLayer layer, String path) {
    recorder.opensOf(layer).opened("/" + path);
  }

  private void read(FakeLayer layer, String path, long offset, int length, long millis) {
    recorder.onRead(layer, layer.node(path), offset, length, START.plusMillis(millis));
  }

  @BeforeEach
  void begin() {
    open(base, "d/a");
    read(base, "d/a", 0, 4096, 0);
    recorder.begin();
  }

  @Test
  void filesAreInTheOrderOfTheirFirstReads() {
    open(top, "d/a");
    open(base, "d/b");
    read(base, "d/b", 4096, 4096, 5);
    read(top, "d/a", 0, 4096, 7);
    read(base, "d/b", 8192, 4096, 9);
    assertThat(recorder.accesses())
        .containsExactly(
            new Access(0, "d/b", List.of(), 10_000, 5, List.of(new ByteRange(4096, 5904))),
            new Access(1, "d/a", List.of(), 10_000, 7, List.of(new ByteRange(0, 4096))));
  }

  @Test
  void openingAloneIsNoReading() {
    open(top, "d/a");
    assertThat(recorder.accesses()).isEmpty();
  }

  @Test
  void whatTheKernelHasAlreadyIsReadWhenItIsOpened() {
    open(base, "d/a");
    assertThat(recorder.accesses())
        .containsExactly(
            new Access(0, "d/a", List.of(), 10_000, 0, List.of(new ByteRange(0, 10_000))));
  }

  @Test
  void aFileIsKnownByAllNamesItWasOpenedUnder() {
    open(base, "d/c");
    read(base, "d/c", 0, 10_000, 1);
    open(base, "d/b");
    assertThat(recorder.accesses())
        .extracting(Access::path, Access::otherNames)
        .containsExactly(org.assertj.core.api.Assertions.tuple("d/c", List.of("d/b")));
  }
}
