package dev.starling.snapshot.fetch;

import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.job.Log;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens layers, once each however often they are asked for, and fetches them. One for a process;
 * thread-safe. Closing it ends all fetching; the layers are closed by those who opened them.
 */
public final class LayerOpener implements Closeable {

  private final FetchContext context;
  private final BackgroundFetcher background;
  private final LayerLoader loader;
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
    this.threads = threads;
    this.background = new BackgroundFetcher(context);
    this.loader = new LayerLoader(context, listener, background);
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
          layer = loader.load(source, descriptor, external);
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

  @Override
  public void close() {
    background.close();
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
