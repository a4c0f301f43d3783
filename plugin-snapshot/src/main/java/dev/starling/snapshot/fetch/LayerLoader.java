package dev.starling.snapshot.fetch;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Laziness;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes layers of what a source has. Thread-safe.
 *
 * @param listener is told of every read
 * @param background fetches the rest of them
 */
record LayerLoader(FetchContext context, AccessListener listener, BackgroundFetcher background) {

  /**
   * Gets a layer's TOC, and what it says is needed first; else the whole layer.
   *
   * @param external where its TOC may be if it does not hold it
   * @return to be closed; the source is not closed with it
   * @throws IOException if it cannot be fetched
   */
  Layer load(ImageSource source, Descriptor descriptor, ExternalTocs external) throws IOException {
    context.traffic().begin();
    try {
      return loadNow(source, descriptor, external);
    } finally {
      context.traffic().end();
    }
  }

  private Layer loadNow(ImageSource source, Descriptor descriptor, ExternalTocs external)
      throws IOException {
    LayerCounters counters = new LayerCounters();
    RandomAccessBlob blob = new DeferredBlob(descriptor.size(), () -> source.openKnown(descriptor));
    try {
      TocLoader.Loaded loaded =
          new TocLoader(context.cache(), context.options())
              .load(descriptor, blob, external, counters);
      return lazy(descriptor, blob, loaded, counters);
    } catch (TocLoader.NotLazyException e) {
      blob.close();
      return WholeLayer.open(
          descriptor, source, e.reason(), counters.network.sum(), listener, context);
    } catch (IOException | RuntimeException e) {
      blob.close();
      throw e;
    }
  }

  private Layer lazy(
      Descriptor descriptor, RandomAccessBlob blob, TocLoader.Loaded loaded, LayerCounters counters)
      throws IOException {
    ChunkFetcher fetcher =
        new ChunkFetcher(
            descriptor.digest().toString(),
            loaded.feed().table(),
            loaded.compression(),
            blob,
            context,
            counters);
    Layer layer =
        new LazyLayer(
            descriptor,
            new Laziness.Lazy(loaded.format()),
            loaded.tree(),
            fetcher,
            counters,
            listener,
            context);
    prefetch(fetcher, loaded.feed().prefetchEnd());
    background.add(fetcher);
    return layer;
  }

  private void prefetch(ChunkFetcher fetcher, long end) throws IOException {
    if (end == 0) {
      return;
    }
    CompletableFuture<Void> done = fetcher.prefetch(end);
    if (end > context.options().prefetch().inBackground()) {
      return;
    }
    try {
      done.get(context.options().prefetch().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      context.log().debug("not waiting for the prefetch of layer " + fetcher.name() + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("opening a layer was interrupted").initCause(e);
    }
  }
}
