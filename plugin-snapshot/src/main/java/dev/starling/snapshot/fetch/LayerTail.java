package dev.starling.snapshot.fetch;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.Footer;
import dev.starling.api.image.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;

/**
 * A layer whose end has been fetched: as much as most TOCs take. What lies before it is fetched
 * when it is read.
 */
final class LayerTail implements RandomAccessBlob {

  private static final long MIN = 64 << 10;
  private static final long MAX = 1 << 20;

  /** A TOC takes about so much of a layer; the less, the larger the files. */
  private static final int SHARE = 128;

  private final RandomAccessBlob layer;
  private final LayerCounters counters;
  private final long start;
  private final byte[] end;

  private LayerTail(RandomAccessBlob layer, LayerCounters counters, long start, byte[] end) {
    this.layer = layer;
    this.counters = counters;
    this.start = start;
    this.end = end;
  }

  static LayerTail fetch(Descriptor descriptor, RandomAccessBlob layer, LayerCounters counters)
      throws IOException {
    long size = layer.size();
    long length = Math.min(size, guess(descriptor));
    byte[] end = new byte[(int) length];
    layer.readFully(ByteBuffer.wrap(end), size - length);
    counters.network.add(length);
    return new LayerTail(layer, counters, size - length, end);
  }

  private static long guess(Descriptor layer) {
    String position = layer.annotations().get(EstargzAnnotations.ZSTD_MANIFEST_POSITION);
    if (position != null && position.matches("\\d{1,15}:.*")) {
      long offset = Long.parseLong(position.substring(0, position.indexOf(':')));
      return Math.clamp(layer.size() - offset, Footer.ESTARGZ_SIZE, MAX);
    }
    return Math.clamp(layer.size() / SHARE, MIN, MAX);
  }

  @Override
  public long size() throws IOException {
    return layer.size();
  }

  @Override
  public int readAt(ByteBuffer target, long offset) throws IOException {
    if (offset < start) {
      return layer.readAt(target, offset);
    }
    if (offset >= size()) {
      return -1;
    }
    int from = (int) (offset - start);
    int length = Math.min(target.remaining(), end.length - from);
    target.put(end, from, length);
    return length;
  }

  /** At most one request, for what was not fetched. */
  @Override
  public InputStream openRange(long offset, long length) throws IOException {
    int from = Math.clamp(offset - start, 0, end.length);
    int to = Math.clamp(offset + length - start, from, end.length);
    InputStream rest = new ByteArrayInputStream(end, from, to - from);
    if (offset >= start) {
      return rest;
    }
    long before = Math.min(length, start - offset);
    counters.network.add(before);
    return new SequenceInputStream(layer.openRange(offset, before), rest);
  }

  /** The layer stays open. */
  @Override
  public void close() {}
}
