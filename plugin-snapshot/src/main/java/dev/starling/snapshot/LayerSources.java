package dev.starling.snapshot;

import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.job.Log;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.RegistryImages;
import dev.starling.snapshot.fetch.FetchOptions;
import dev.starling.snapshot.fetch.LayerOpener;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens the layers of the daemon's images. How they are fetched is decided for a whole process, so
 * there is an opener for each way that is asked for. Thread-safe.
 */
final class LayerSources implements RegistryImages.LayerOpener, Closeable {

  private final ChunkCache cache;
  private final Log log;
  private final Map<FetchOptions, LayerOpener> openers = new HashMap<>();

  LayerSources(ChunkCache cache, Log log) {
    this.cache = cache;
    this.log = log;
  }

  @Override
  public Layer open(ImageSource source, Reference reference, Descriptor layer, Access access)
      throws IOException {
    return opener(access).open(source, reference, layer);
  }

  private synchronized LayerOpener opener(Access access) {
    FetchOptions options =
        FetchOptions.defaults()
            .withVerify(!access.skipContentVerify())
            .withBackground(access.backgroundFetch());
    return openers.computeIfAbsent(
        options, wanted -> LayerOpener.create(cache, wanted, AccessListener.NONE, log));
  }

  @Override
  public synchronized void close() {
    openers.values().forEach(LayerOpener::close);
  }
}
