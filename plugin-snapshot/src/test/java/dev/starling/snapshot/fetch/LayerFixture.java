package dev.starling.snapshot.fetch;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.RegistryClient;
import dev.starling.api.registry.RegistryConfig;
import dev.starling.api.registry.RetryPolicy;
import dev.starling.api.registry.auth.Keychain;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.cache.RecordingLog;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Node;
import dev.starling.testkit.fault.Access;
import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.fault.LoggedRequest;
import dev.starling.testkit.fault.TestClock;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A registry with faults, and layers of it that are opened without waiting for real time. */
final class LayerFixture implements Closeable {

  /** Nothing comes along that a read does not need. */
  static final FetchOptions EXACT =
      FetchOptions.defaults()
          .withBackground(false)
          .withSizes(new FetchOptions.Sizes(4 << 20, 0, 0))
          .withTimes(
              new FetchOptions.Times(Duration.ZERO, Duration.ofSeconds(20), Duration.ofMinutes(1)));

  final Path folder;
  final TestClock clock = new TestClock();
  final RecordingLog log = new RecordingLog();
  final FaultyRegistry registry;
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final RegistryClient client;
  final RegistryReference reference;
  private final List<Closeable> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Runnable onPause = () -> {};

  LayerFixture(Path folder) throws IOException {
    this(folder, new Access.Open());
  }

  LayerFixture(Path folder, Access access) throws IOException {
    this.folder = folder;
    registry = FaultyRegistry.start(folder.resolve("registry"), access, clock);
    client =
        RegistryClient.open(
            RegistryConfig.of(Map.of(), folder)
                .withRetries(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))),
            Keychain.ANONYMOUS);
    reference = (RegistryReference) Reference.parse("http://" + registry.host() + "/app:x");
  }

  /** What happens at each pause, after the clock has moved. */
  void onPause(Runnable action) {
    onPause = action;
  }

  ImageSource source() {
    ImageSource source = client.source(reference, true);
    opened.add(source);
    return source;
  }

  ImageSink sink() {
    return client.sink(reference, true);
  }

  ChunkCache cache() throws IOException {
    return ChunkCache.open(folder.resolve("cache"), 1L << 30, clock, log);
  }

  LayerOpener opener(FetchOptions options) throws IOException {
    return opener(options, cache(), AccessListener.NONE);
  }

  LayerOpener opener(FetchOptions options, ChunkCache cache, AccessListener listener) {
    LayerOpener opener =
        LayerOpener.create(
            cache,
            options,
            listener,
            log,
            threads,
            duration -> {
              if (Thread.interrupted()) {
                throw new InterruptedException();
              }
              clock.advance(duration);
              pauses.add(duration);
              onPause.run();
            },
            clock,
            () -> 0);
    opened.add(opener);
    return opener;
  }

  Layer open(Descriptor layer) throws IOException {
    return open(layer, EXACT);
  }

  Layer open(Descriptor layer, FetchOptions options) throws IOException {
    return open(layer, options, ExternalTocs.NONE);
  }

  /** Opens the layer and forgets what that took of the registry. */
  Layer open(Descriptor descriptor, FetchOptions options, ExternalTocs external)
      throws IOException {
    Layer layer = opener(options).open(source(), descriptor, external);
    opened.add(layer);
    registry.log().clear();
    return layer;
  }

  /** Converts a tar and puts the layer in the registry. */
  Descriptor push(byte[] tar, EstargzOptions options) throws IOException {
    Path file = folder.resolve("converted-" + Digest.sha256(tar).shortHex());
    ConvertedLayer converted =
        LayerConverter.convert(
            offset -> new ByteArrayInputStream(tar, (int) offset, tar.length - (int) offset),
            file,
            options,
            folder,
            read -> {});
    byte[] blob = Files.readAllBytes(file);
    Files.delete(file);
    return push(blob, converted.tocDigest());
  }

  /** Puts a layer in the registry that has a TOC with that digest, or none. */
  Descriptor push(byte[] blob, @Nullable Digest toc) throws IOException {
    Descriptor descriptor = describe(blob, toc);
    try (ImageSink sink = sink()) {
      sink.putBlob(
          descriptor,
          offset -> new ByteArrayInputStream(blob, (int) offset, blob.length - (int) offset),
          null);
    }
    registry.log().clear();
    return descriptor;
  }

  static Descriptor describe(byte[] blob, @Nullable Digest toc) {
    Map<String, String> annotations = new TreeMap<>();
    if (toc != null) {
      annotations.put(EstargzAnnotations.TOC_DIGEST, toc.toString());
    }
    return Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(blob), blob.length)
        .withAnnotations(annotations);
  }

  static Node find(Layer layer, String path) {
    return Objects.requireNonNull(layer.tree().find(path), path);
  }

  static byte[] read(Layer layer, String path) throws IOException {
    return read(layer, find(layer, path));
  }

  /** A file's content, read in pieces as a file system would. */
  static byte[] read(Layer layer, Node file) throws IOException {
    byte[] content = new byte[Math.toIntExact(file.size())];
    ByteBuffer piece = ByteBuffer.allocateDirect(128 << 10);
    int at = 0;
    while (at < content.length) {
      int read = layer.read(file, at, piece.clear());
      piece.flip().get(content, at, read);
      at += read;
    }
    if (layer.read(file, at, piece.clear()) != 0) {
      throw new IOException("there is something behind the end of the file");
    }
    return content;
  }

  /** The requests for parts of blobs. */
  List<LoggedRequest> requests() {
    return registry.log().matching(request -> request.isBlob() && request.method().equals("GET"));
  }

  long bytesSent() {
    return requests().stream().mapToLong(LoggedRequest::bytesSent).sum();
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : opened.reversed()) {
      closeable.close();
    }
    threads.shutdownNow();
    client.close();
    registry.close();
  }
}
