package dev.starling.snapshot.fetch;

import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.tar.Decompression;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.cache.Spool;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/** A layer that was fetched as a whole and is read from its inflated tar. Thread-safe. */
final class WholeLayer implements Layer {

  private static final int BUFFER = 256 << 10;

  private final Descriptor descriptor;
  private final Laziness laziness;
  private final LayerTree tree;
  private final Spool spool;
  private final long fetched;
  private final AccessListener listener;
  private final Clock clock;
  private final LongAdder hits = new LongAdder();

  private WholeLayer(
      Descriptor descriptor,
      Laziness laziness,
      LayerTree tree,
      Spool spool,
      long fetched,
      AccessListener listener,
      Clock clock) {
    this.descriptor = descriptor;
    this.laziness = laziness;
    this.tree = tree;
    this.spool = spool;
    this.fetched = fetched;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Takes the layer from the cache, or fetches it.
   *
   * @param fetchedBefore how much of it was fetched in vain
   */
  static WholeLayer open(
      Descriptor descriptor,
      ImageSource source,
      String reason,
      long fetchedBefore,
      AccessListener listener,
      FetchContext context)
      throws IOException {
    ChunkCache cache = context.cache();
    Spool spool = cache.openSpool(descriptor.digest());
    long fetched = fetchedBefore;
    if (spool == null) {
      context.log().info("fetching all of layer " + descriptor.digest() + ": " + reason);
      spool = cache.putSpool(descriptor.digest(), out -> inflate(descriptor, source, out));
      fetched += descriptor.size();
    }
    try {
      return new WholeLayer(
          descriptor,
          new Laziness.Whole(reason),
          SpooledTree.of(spool),
          spool,
          fetched,
          listener,
          context.clock());
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Writes the layer's tar; the layer has been verified when this returns. */
  private static void inflate(Descriptor descriptor, ImageSource source, OutputStream out)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream raw = source.openBlob(descriptor);
        InputStream tar = Decompression.open(raw)) {
      for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
        out.write(buffer, 0, read);
      }
      // What the decompression left is part of what the digest promises.
      while (raw.read(buffer) >= 0) {}
    }
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public Laziness laziness() {
    return laziness;
  }

  @Override
  public LayerTree tree() {
    return tree;
  }

  @Override
  public int read(Node file, long fileOffset, ByteBuffer target) throws IOException {
    long content = tree.content(file);
    if (fileOffset < 0) {
      throw new IllegalArgumentException("a file has no byte " + fileOffset);
    }
    listener.onRead(this, file, fileOffset, target.remaining(), clock.instant());
    long left = file.size() - fileOffset;
    if (left <= 0 || !target.hasRemaining()) {
      return 0;
    }
    hits.increment();
    int length = (int) Math.min(target.remaining(), left);
    int limit = target.limit();
    target.limit(target.position() + length);
    try {
      long at = content + fileOffset;
      while (target.hasRemaining()) {
        int read = spool.readAt(target, at);
        if (read < 0) {
          throw new EOFException("the inflated layer " + descriptor.digest() + " is too short");
        }
        at += read;
      }
    } finally {
      target.limit(limit);
    }
    return length;
  }

  @Override
  public LayerStatistics statistics() {
    return new LayerStatistics(descriptor.size(), descriptor.size(), 0, fetched, hits.sum(), 0);
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
