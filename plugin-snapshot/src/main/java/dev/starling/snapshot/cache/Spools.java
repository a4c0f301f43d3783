package dev.starling.snapshot.cache;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inflated layers, and which of them this process has open: removing those would free nothing.
 * Another process may remove them all the same; they stay readable here. Thread-safe.
 */
final class Spools {

  private final CacheFolder folder;
  private final Map<Path, Integer> open = new HashMap<>();

  Spools(CacheFolder folder) {
    this.folder = folder;
  }

  synchronized boolean isInUse(CacheFolder.Found file) {
    return open.containsKey(file.path());
  }

  @Nullable Spool open(Digest layer) throws IOException {
    Path path = folder.path(CacheKind.SPOOL, layer);
    take(path);
    try {
      return new Spool(path, () -> release(path));
    } catch (NoSuchFileException e) {
      release(path);
      return null;
    } catch (IOException | RuntimeException e) {
      release(path);
      throw e;
    }
  }

  Spool commit(Digest layer, Path temporary) throws IOException {
    Path path = folder.path(CacheKind.SPOOL, layer);
    take(path);
    try {
      // Opened before others see it and can remove it.
      Files.deleteIfExists(path);
      CacheFolder.commit(temporary, path);
      CacheFolder.forceFolder(path);
      return new Spool(path, () -> release(path));
    } catch (IOException | RuntimeException e) {
      release(path);
      throw e;
    }
  }

  private synchronized void take(Path path) {
    open.merge(path, 1, Integer::sum);
  }

  private synchronized void release(Path path) {
    open.computeIfPresent(path, (_, count) -> count == 1 ? null : count - 1);
  }
}
