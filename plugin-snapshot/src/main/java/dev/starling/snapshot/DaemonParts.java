package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.daemon.Faces;
import dev.starling.snapshot.daemon.FuseFaces;
import dev.starling.snapshot.daemon.Images;
import dev.starling.snapshot.daemon.RegistryImages;
import java.io.Closeable;
import java.io.IOException;

/**
 * What a daemon stands on in the real world.
 *
 * @param images images of registries and layouts
 * @param faces FUSE
 * @param sources closed at the end
 */
record DaemonParts(Images images, Faces faces, LayerSources sources) implements Closeable {

  /**
   * Opens them.
   *
   * @param cacheLimit how much of the disk the cache may take, in bytes
   * @throws IOException if the cache cannot be written
   */
  static DaemonParts open(CommandContext context, long cacheLimit) throws IOException {
    FuseFaces faces = new FuseFaces();
    ChunkCache cache = CacheOptions.open(context, cacheLimit);
    LayerSources sources = new LayerSources(cache, context.log());
    return new DaemonParts(new RegistryImages(context.transports(), sources), faces, sources);
  }

  @Override
  public void close() {
    sources.close();
  }
}
