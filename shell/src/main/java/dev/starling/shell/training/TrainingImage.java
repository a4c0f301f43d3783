package dev.starling.shell.training;

import dev.starling.api.content.ImageSink;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lazily readable image of one layer, on a registry of this process. */
record TrainingImage(RegistryServer registry, String reference) implements Closeable {

  /** The server names a layout's own images after its folder. */
  private static final String REPOSITORY = "training";

  private static final String TAG = "1";

  /**
   * Makes the image and serves it.
   *
   * @param tar its layer, uncompressed
   * @param folder where to keep it
   */
  static TrainingImage serve(Path tar, Path folder) throws IOException {
    OciLayout layout = OciLayout.create(folder.resolve(REPOSITORY));
    RegistryServer registry = RegistryServer.start(layout);
    try (ImageSink sink = layout.sink()) {
      put(tar, folder, sink);
      return new TrainingImage(registry, registry.host() + "/" + REPOSITORY + ":" + TAG);
    } catch (IOException | RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  private static void put(Path tar, Path folder, ImageSink sink) throws IOException {
    Path file = folder.resolve("layer");
    ConvertedLayer made =
        LayerConverter.convert(
            offset -> from(tar, offset), file, EstargzOptions.defaults(), folder, _ -> {});
    Digest toc = made.tocDigest();
    if (toc == null) {
      throw new IOException("the layer has no TOC");
    }
    Descriptor layer =
        Descriptor.of(MediaType.OCI_LAYER_GZIP, made.digest(), made.size())
            .withAnnotations(Map.of(EstargzAnnotations.TOC_DIGEST, toc.toString()));
    sink.putFile(layer, file);
    Platform host = Platform.host();
    byte[] config =
        """
        {"architecture":"%s","os":"%s","config":{},"rootfs":{"type":"layers","diff_ids":["%s"]}}\
        """
            .formatted(host.architecture(), host.os(), made.diffId())
            .getBytes(StandardCharsets.UTF_8);
    Descriptor configuration =
        Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(config), config.length);
    sink.putBlob(configuration, offset -> from(config, offset), null);
    sink.putManifest(
        new Manifest(
                MediaType.OCI_MANIFEST, null, configuration, List.of(layer), null, new TreeMap<>())
            .toRaw(),
        TAG);
  }

  private static InputStream from(Path file, long offset) throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(offset);
    return in;
  }

  private static InputStream from(byte[] bytes, long offset) {
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
