package dev.starling.snapshot.daemon;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Images of layers without files. */
final class FakeImages implements Images {

  private static final String CONFIG = "{\"os\":\"linux\"}";

  private final Map<String, List<String>> images = new HashMap<>();

  /** Layers that cannot be opened, and images without a configuration. */
  final Set<String> broken = new HashSet<>();

  /** The layers that are open, in the order of opening. */
  final List<String> open = new ArrayList<>();

  void put(String reference, String... layers) {
    images.put(reference, List.of(layers));
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Resolved resolve(Access image, Consumer<Calls.Fetching> events) throws IOException {
    List<String> layers = images.get(image.reference());
    if (layers == null) {
      throw new IOException("there is no " + image.reference());
    }
    String manifest = digest(layers.toString()).toString();
    events.accept(new Calls.Fetching(manifest, MediaType.OCI_MANIFEST.toString()));
    return new Resolved(
        manifest,
        manifest,
        Descriptor.of(MediaType.OCI_CONFIG, digest(CONFIG), CONFIG.length()),
        layers.stream()
            .map(name ->
                Descriptor.of(MediaType.OCI_LAYER_GZIP, digest(name), name.length())
                    .withAnnotations(Map.of("name", name)))
            .toList());
  }

  @Override
  public String config(Access image, Descriptor config) throws IOException {
    if (broken.contains(image.reference())) {
      throw new IOException("the configuration is broken");
    }
    return CONFIG;
  }

  @Override
  public synchronized Layer open(Access image, Descriptor layer) throws IOException {
    String name = layer.annotations().get("name");
    if (broken.contains(name)) {
      throw new IOException(name + " is broken");
    }
    open.add(name);
    return new EmptyLayer(layer);
  }

  private final class EmptyLayer implements Layer {
    private final Descriptor descriptor;

    EmptyLayer(Descriptor descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public Descriptor descriptor() {
      return descriptor;
    }

    @Override
    public Laziness laziness() {
      return new Laziness.Lazy("eStargz");
    }

    @Override
    public LayerTree tree() {
      throw new UnsupportedOperationException("no files");
    }

    @Override
    public int read(Node file, long fileOffset, ByteBuffer target) {
      throw new UnsupportedOperationException("no files");
    }

    @Override
    public LayerStatistics statistics() {
      return new LayerStatistics(descriptor.size(), 1, 0, 1, 0, 0);
    }

    @Override
    public void close() {
      open.remove(descriptor.annotations().get("name"));
    }
  }
}
