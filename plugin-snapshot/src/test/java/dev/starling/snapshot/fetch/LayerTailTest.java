package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A layer's end that arrives slowly, or not at all. */
@Timeout(60)
class LayerTailTest {

  private static final int SIZE = 64 << 20;

  /** So much of the end comes at once. */
  private static final int SOON = 100_000;

  private final Layer layer = new Layer();
  private final LayerCounters counters = new LayerCounters();

  /** Its stream stops after a while, until it is let go on or broken. */
  private static final class Layer implements RandomAccessBlob {
    private final byte[] content = new byte[SIZE];
    private final CountDownLatch further = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean broken;

    Layer() {
      new Random(1).nextBytes(content);
    }

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public int readAt(ByteBuffer target, long offset) {
      int length = (int) Math.min(target.remaining(), SIZE - offset);
      target.put(content, (int) offset, length);
      return length;
    }

    @Override
    public InputStream openRange(long offset, long length) throws IOException {
      return new FilterInputStream(RandomAccessBlob.super.openRange(offset, length)) {
        private int left = SOON;

        @Override
        public int read(byte[] target, int from, int most) throws IOException {
          if (left == 0) {
            await();
          }
          int read = super.read(target, from, left == 0 ? most : Math.min(most, left));
          left = Math.max(0, left - read);
          return read;
        }

        private void await() throws IOException {
          try {
            further.await();
          } catch (InterruptedException e) {
            throw new InterruptedIOException("stopped");
          }
          if (broken) {
            throw new IOException("reset");
          }
        }

        @Override
        public void close() throws IOException {
          ended.countDown();
          super.close();
        }
      };
    }

    @Override
    public void close() {}
  }

  private LayerTail fetch() throws IOException {
    return LayerTail.fetch(
        Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(new byte[0]), SIZE), layer, counters);
  }

  private byte[] wanted(long from, long to) {
    return Arrays.copyOfRange(layer.content, (int) from, (int) to);
  }

  @Test
  void whatHasArrivedIsReadAndTheRestWaitedFor() throws Exception {
    try (LayerTail tail = fetch()) {
      long start = SIZE - counters.network.sum();
      ByteBuffer footer = ByteBuffer.allocate(51);
      tail.readFully(footer, SIZE - 51);
      assertThat(footer.array()).isEqualTo(wanted(SIZE - 51, SIZE));

      try (InputStream in = tail.openRange(start + 1000, SIZE - start - 1000)) {
        assertThat(in.readNBytes(SOON - 1000)).isEqualTo(wanted(start + 1000, start + SOON));
        layer.further.countDown();
        assertThat(in.readAllBytes()).isEqualTo(wanted(start + SOON, SIZE));
      }
      assertThat(tail.readAt(ByteBuffer.allocate(1), SIZE)).isEqualTo(-1);
    }
  }

  @Test
  void whatDoesNotArriveIsAskedForAgain() throws Exception {
    try (LayerTail tail = fetch()) {
      long start = SIZE - counters.network.sum();
      layer.broken = true;
      layer.further.countDown();
      try (InputStream in = tail.openRange(start, SIZE - start)) {
        assertThat(in.readAllBytes()).isEqualTo(wanted(start, SIZE));
      }
    }
  }

  @Test
  void whatLiesBeforeTheEndIsFetchedToo() throws Exception {
    try (LayerTail tail = fetch()) {
      layer.further.countDown();
      long from = SIZE - (2 << 20);
      try (InputStream in = tail.openRange(from, SIZE - from - 51)) {
        assertThat(in.readAllBytes()).isEqualTo(wanted(from, SIZE - 51));
      }
    }
  }

  @Test
  void closingStopsIt() throws Exception {
    fetch().close();
    assertThat(layer.ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    try (LayerTail tail = fetch()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> tail.readAt(ByteBuffer.allocate(1), SIZE - 1000))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
