package dev.starling.snapshot.fetch;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.Footer;
import dev.starling.api.image.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose end is being fetched: as much as most TOCs take, in one request. Where in it the
 * TOC begins only the last bytes tell, so those of a long end are asked for beside it, and its TOC
 * is read while it arrives. What lies before the end is fetched when it is read, and so is what did
 * not arrive.
 */
final class LayerTail implements RandomAccessBlob {

  private static final int MIN = 64 << 10;
  private static final int MAX = 1 << 20;

  /** A shorter end is there as soon as its last bytes would be. */
  private static final int AT_ONCE = 128 << 10;

  /**
   * A TOC takes about so many times the square root of its layer's length: the larger a layer, the
   * larger its files.
   */
  private static final int ROOTS = 48;

  private static final int PIECE = 32 << 10;

  private final RandomAccessBlob layer;
  private final LayerCounters counters;
  private final long start;
  private final byte[] end;

  /** How many of these are asked for beside the others. */
  private final int last;

  private int arrived;
  private boolean done;
  private @Nullable Thread fetching;

  private LayerTail(RandomAccessBlob layer, LayerCounters counters, int length) throws IOException {
    this.layer = layer;
    this.counters = counters;
    this.start = layer.size() - length;
    this.end = new byte[length];
    this.last = length > AT_ONCE ? Footer.ESTARGZ_SIZE : 0;
  }

  /**
   * Asks for a layer's end and waits for its last bytes.
   *
   * @return to be closed; the layer stays open
   */
  static LayerTail fetch(Descriptor descriptor, RandomAccessBlob layer, LayerCounters counters)
      throws IOException {
    int length = (int) Math.min(layer.size(), guess(descriptor));
    LayerTail tail = new LayerTail(layer, counters, length);
    counters.network.add(length);
    boolean complete = false;
    try {
      tail.begin();
      complete = true;
      return tail;
    } finally {
      if (!complete) {
        tail.close();
      }
    }
  }

  private static long guess(Descriptor layer) {
    String position = layer.annotations().get(EstargzAnnotations.ZSTD_MANIFEST_POSITION);
    if (position != null && position.matches("\\d{1,15}:.*")) {
      long offset = Long.parseLong(position.substring(0, position.indexOf(':')));
      return Math.clamp(layer.size() - offset, Footer.ESTARGZ_SIZE, MAX);
    }
    return Math.clamp((long) (ROOTS * Math.sqrt((double) layer.size())), MIN, MAX);
  }

  private void begin() throws IOException {
    if (last > 0) {
      fetching = Thread.ofVirtual().name("starling-toc").start(this::fetchEnd);
      layer.readFully(ByteBuffer.wrap(end, end.length - last, last), size() - last);
    } else {
      layer.readFully(ByteBuffer.wrap(end), start);
      arrived(end.length, true);
    }
  }

  private void fetchEnd() {
    int at = 0;
    int most = end.length - last;
    try (InputStream in = layer.openRange(start, most)) {
      while (at < most) {
        int read = in.read(end, at, Math.min(PIECE, most - at));
        if (read < 0) {
          throw new EOFException();
        }
        at += read;
        arrived(at, false);
      }
    } catch (IOException | RuntimeException e) {
      // Who wants what is missing asks for it and is told.
    } finally {
      arrived(at, true);
    }
  }

  private synchronized void arrived(int length, boolean all) {
    arrived = length;
    done = all;
    notifyAll();
  }

  /** How much has arrived: more than that, or all that ever will. */
  private synchronized int await(int length) throws IOException {
    try {
      while (arrived <= length && !done) {
        wait();
      }
      return arrived;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for a layer's TOC was interrupted");
    }
  }

  @Override
  public long size() throws IOException {
    return start + end.length;
  }

  @Override
  public int readAt(ByteBuffer target, long offset) throws IOException {
    if (offset >= size()) {
      return -1;
    }
    if (offset < start) {
      return layer.readAt(target, offset);
    }
    int from = (int) (offset - start);
    int to = from < end.length - last ? await(from) : end.length;
    if (from >= to) {
      return layer.readAt(target, offset);
    }
    int length = Math.min(target.remaining(), to - from);
    target.put(end, from, length);
    return length;
  }

  /** At most one request, for what lies before the end. */
  @Override
  public InputStream openRange(long offset, long length) throws IOException {
    if (offset >= start) {
      return RandomAccessBlob.super.openRange(offset, length);
    }
    long before = Math.min(length, start - offset);
    counters.network.add(before);
    return new SequenceInputStream(
        layer.openRange(offset, before), RandomAccessBlob.super.openRange(start, length - before));
  }

  /** Stops fetching. The layer stays open. */
  @Override
  public void close() {
    if (fetching != null) {
      fetching.interrupt();
    }
  }
}
