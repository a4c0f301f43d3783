package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.TocPlace;
import dev.starling.api.estargz.TocReader;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.layer.LayerTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gets a layer's TOC: from the cache, or else by a request for the layer's end, and another if it
 * is longer than most. Kept in the cache, behind a line that says what only the footer does, it
 * needs no request the next time. Never holds it in memory as a whole.
 */
final class TocLoader {

  /** The longest TOC that is fetched, in compressed bytes. */
  static final long MAX_COMPRESSED = 64 << 20;

  private static final int BUFFER = 64 << 10;
  private final ChunkCache cache;
  private final FetchOptions options;

  /**
   * A layer's files.
   *
   * @param format the layer's format, for people
   * @param feed what was made of the TOC
   * @param tree the files
   * @param compression what the content is compressed with
   */
  record Loaded(String format, TreeFeed feed, LayerTree tree, Decompression compression) {}

  /** The layer is no lazily readable one; the message says why. */
  static final class NotLazyException extends Exception {
    private static final long serialVersionUID = 1L;

    NotLazyException(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  TocLoader(ChunkCache cache, FetchOptions options) {
    this.cache = cache;
    this.options = options;
  }

  /**
   * Loads a layer's TOC and verifies it.
   *
   * @param counters counts what is fetched
   * @throws NotLazyException if there is none to be trusted
   */
  Loaded load(
      Descriptor layer, RandomAccessBlob blob, ExternalTocs external, LayerCounters counters)
      throws IOException, NotLazyException {
    Digest expected = expected(layer);
    try {
      Loaded cached = loadKept(layer, expected);
      return cached != null ? cached : fetch(layer, expected, blob, external, counters);
    } catch (CorruptContentException e) {
      throw new NotLazyException("its TOC cannot be used: " + e.getMessage());
    }
  }

  private static Digest expected(Descriptor layer) throws NotLazyException {
    String text = layer.annotations().get(EstargzAnnotations.TOC_DIGEST);
    if (text == null) {
      throw new NotLazyException("its descriptor promises no TOC");
    }
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new NotLazyException("its descriptor's TOC digest is malformed");
    }
  }

  private @Nullable Loaded loadKept(Descriptor layer, Digest expected) throws IOException {
    try {
      return loadCached(layer, expected);
    } catch (CorruptContentException e) {
      // Torn, or of an image that promises another TOC for the same layer.
      cache.removeToc(layer.digest());
      return null;
    }
  }

  private @Nullable Loaded loadCached(Descriptor layer, Digest expected) throws IOException {
    try (InputStream file = cache.openToc(layer.digest())) {
      if (file == null) {
        return null;
      }
      InputStream in = new BufferedInputStream(file, BUFFER);
      return read(in, expected, TocHeader.read(in));
    }
  }

  private Loaded read(InputStream json, Digest expected, TocHeader header) throws IOException {
    TreeFeed feed = new TreeFeed(options.prefetch().unsaid());
    TocReader.read(json, expected, header.contentEnd(), header.compression(), feed);
    return new Loaded(header.format(), feed, feed.tree(), header.compression());
  }

  private Loaded fetch(
      Descriptor layer,
      Digest expected,
      RandomAccessBlob blob,
      ExternalTocs external,
      LayerCounters counters)
      throws IOException, NotLazyException {
    try (LayerTail tail = LayerTail.fetch(layer, blob, counters)) {
      TocPlace place = TocPlace.of(Footer.read(tail), tail.size());
      if (place == null) {
        throw new NotLazyException("it has no footer of a lazily readable layer");
      }
      if (place.end() - place.offset() > MAX_COMPRESSED) {
        throw new CorruptContentException("it is longer than " + MAX_COMPRESSED + " bytes");
      }
      counters.atHand.add(tail.size() - place.contentEnd());
      Loaded kept = readAndKeep(layer, expected, place, tail, external);
      if (kept != null) {
        return kept;
      }
      try (InputStream json = open(layer, place, tail, external)) {
        return read(json, expected, TocHeader.of(place));
      }
    }
  }

  /** Null if it could not be fetched or kept. */
  private @Nullable Loaded readAndKeep(
      Descriptor layer, Digest expected, TocPlace place, LayerTail tail, ExternalTocs external)
      throws IOException {
    TocHeader header = TocHeader.of(place);
    AtomicReference<@Nullable Loaded> loaded = new AtomicReference<>();
    try {
      cache.putToc(
          layer.digest(),
          out -> {
            out.write(header.bytes());
            try (InputStream json = open(layer, place, tail, external)) {
              loaded.set(read(new CopyingInput(json, out), expected, header));
            }
          });
    } catch (CorruptContentException e) {
      throw e;
    } catch (IOException e) {
      // The network or a full disk: to read it once more tells.
    }
    return loaded.get();
  }

  private static InputStream open(
      Descriptor layer, TocPlace place, LayerTail tail, ExternalTocs external) throws IOException {
    if (!place.external()) {
      return place.open(tail.openRange(place.offset(), place.end() - place.offset()));
    }
    InputStream blob = external.open(layer.digest());
    if (blob == null) {
      throw new CorruptContentException("it lies in another image, and that has none for it");
    }
    return place.open(blob);
  }
}
