package dev.starling.snapshot.fetch;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.job.Log;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Laziness;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens layers, once each however often they are asked for, and fetches them. One for a process;
 * thread-safe. Closing it ends all fetching; the layers are closed by those who opened them.
 */
public final class LayerOpener implements Closeable {

  private final FetchContext context;
  private final AccessListener listener;
  private final BackgroundFetcher background;
  private final @Nullable ExecutorService threads;
  private final Map<Digest, Open> open = new HashMap<>();

  /** A layer and what is given up with its last holder. */
  private static final class Open {
    private final List<ImageSource> sources = new ArrayList<>();
    private @Nullable Layer layer;
    private int holders;
  }

  private LayerOpener(
      FetchContext context, AccessListener listener, @Nullable ExecutorService threads) {
    this.context = context;
    this.listener = listener;
    this.threads = threads;
    this.background = new BackgroundFetcher(context);
  }

  /**
   * An opener in real time, with virtual threads of its own.
   *
   * @param listener is told of every read
   */
  public static LayerOpener create(
      ChunkCache cache, FetchOptions options, AccessListener listener, Log log) {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("starling-fetch-", 0).factory());
    FetchContext context =
        context(cache, options, threads, Pause.SLEEPING, Clock.systemUTC(), System::nanoTime, log);
    return new LayerOpener(context, listener, threads);
  }

  /**
   * An opener with time and threads of the caller.
   *
   * @param executor runs what waits for the network, each on a thread of its own
   * @param clock tells how long requests have failed, and when files were read
   * @param nanoTime as {@link System#nanoTime}: tells how long nobody has read
   */
  public static LayerOpener create(
      ChunkCache cache,
      FetchOptions options,
      AccessListener listener,
      Log log,
      Executor executor,
      Pause pause,
      Clock clock,
      LongSupplier nanoTime) {
    return new LayerOpener(
        context(cache, options, executor, pause, clock, nanoTime, log), listener, null);
  }

  private static FetchContext context(
      ChunkCache cache,
      FetchOptions options,
      Executor executor,
      Pause pause,
      Clock clock,
      LongSupplier nanoTime,
      Log log) {
    return new FetchContext(
        cache,
        options,
        executor,
        pause,
        clock,
        log,
        new Traffic(nanoTime),
        new RecentChunks(),
        new Semaphore(FetchContext.MEMORY));
  }

  /** Where what is fetched is kept. */
  public ChunkCache cache() {
    return context.cache();
  }

  /** Switches the fetching of what nobody has asked for on or off. */
  public void setBackgroundFetch(boolean enabled) {
    background.setEnabled(enabled);
  }

  /**
   * Opens a layer of an image; its TOC may lie in the TOC image beside it. As the other method but
   * for the arguments.
   *
   * @param image the image's name at the source
   */
  public Layer open(ImageSource source, Reference image, Descriptor descriptor) throws IOException {
    return open(source, descriptor, new TocImageLookup(source, image));
  }

  /**
   * Opens a layer: gets its TOC, and what it says is needed first. A layer that cannot be read
   * lazily is fetched as a whole.
   *
   * @param source where the layer is; closed with the last of those who hold the layer, or when
   *     this fails
   * @param external where its TOC may be if it does not hold it
   * @return the layer, to be closed by the caller
   * @throws IOException if it cannot be fetched
   */
  public Layer open(ImageSource source, Descriptor descriptor, ExternalTocs external)
      throws IOException {
    Open entry;
    synchronized (open) {
      entry = open.computeIfAbsent(descriptor.digest(), digest -> new Open());
      entry.holders++;
      entry.sources.add(source);
    }
    try {
      synchronized (entry) {
        Layer layer = entry.layer;
        if (layer == null) {
          layer = load(source, descriptor, external);
          entry.layer = layer;
        }
        return new SharedLayer(
            layer, () -> release(descriptor.digest(), entry), new AtomicBoolean());
      }
    } catch (IOException | RuntimeException e) {
      release(descriptor.digest(), entry);
      throw e;
    }
  }

  private void release(Digest digest, Open entry) throws IOException {
    synchronized (open) {
      if (--entry.holders > 0) {
        return;
      }
      open.remove(digest);
    }
    try {
      Layer layer = entry.layer;
      if (layer != null) {
        layer.close();
      }
    } finally {
      for (ImageSource source : entry.sources) {
        source.close();
      }
    }
  }

  private Layer load(ImageSource source, Descriptor descriptor, ExternalTocs external)
      throws IOException {
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
    if (end > context.options().prefetchInBackground()) {
      return;
    }
    try {
      done.get(context.options().prefetchTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      context.log().debug("not waiting for the prefetch of layer " + fetcher.name() + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("opening a layer was interrupted").initCause(e);
    }
  }

  @Override
  public void close() {
    background.close();
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
