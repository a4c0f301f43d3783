package dev.starling.api.estargz;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image that holds the external TOCs of another one: one for all its layers of all platforms,
 * beside it under a tag of its own. Its layers are {@link TocBlob}s, each with an annotation that
 * says whose TOC it is.
 */
public final class TocImage {

  /** What follows an image's tag in that of its TOC image. */
  public static final String SUFFIX = "-esgztoc";

  /** The annotation with the digest of the layer that a TOC belongs to. */
  public static final String LAYER_DIGEST = "containerd.io/snapshot/stargz/layer.digest";

  private static final String CONFIG = "{}";

  private TocImage() {}

  /**
   * The tag of an image's TOC image.
   *
   * @return null if the image is named by its digest: then its TOC image has no name
   */
  public static @Nullable String tagFor(Reference image) {
    String tag = image.tag();
    return tag == null || image.digest() != null ? null : tag + SUFFIX;
  }

  /** The config, the same for all; a copy. */
  public static byte[] config() {
    return CONFIG.getBytes(StandardCharsets.UTF_8);
  }

  /** The descriptor of {@link #config}. */
  public static Descriptor configDescriptor() {
    return Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(config()), CONFIG.length());
  }

  /** The descriptor of a TOC as a blob, without saying whose it is. */
  public static Descriptor describe(TocBlob toc) {
    return Descriptor.of(MediaType.OCI_LAYER_GZIP, toc.digest(), toc.size());
  }

  /**
   * The TOC image's manifest, as the reference has it: sorted by the blobs' digests.
   *
   * @param tocs by the digests of the layers they belong to
   */
  public static RawManifest manifest(Map<Digest, TocBlob> tocs) {
    List<Descriptor> layers = new ArrayList<>();
    tocs.forEach((layer, toc) ->
        layers.add(describe(toc).withAnnotations(Map.of(LAYER_DIGEST, layer.toString()))));
    layers.sort(
        Comparator.comparing((Descriptor toc) -> toc.digest().toString())
            .thenComparing(TocImage::layerOf));
    return new Manifest(
            MediaType.OCI_MANIFEST, null, configDescriptor(), layers, null, new TreeMap<>())
        .toRaw();
  }

  /** The blob with this layer's TOC, or null if there is none. */
  public static @Nullable Descriptor find(Manifest tocImage, Digest layer) {
    for (Descriptor toc : tocImage.layers()) {
      if (layerOf(toc).equals(layer.toString())) {
        return toc;
      }
    }
    return null;
  }

  private static String layerOf(Descriptor toc) {
    return toc.annotations().getOrDefault(LAYER_DIGEST, "");
  }
}
