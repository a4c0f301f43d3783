package dev.starling.testkit.image;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a small image and writes it to any sink. Equal calls give equal digests on one machine. Not
 * thread-safe.
 */
public final class ImageBuilder {

  /** How a layer is compressed. */
  public enum Packing {
    PLAIN,
    GZIP,
    ZSTD;

    MediaType mediaType() {
      return switch (this) {
        case PLAIN -> MediaType.OCI_LAYER;
        case GZIP -> MediaType.OCI_LAYER_GZIP;
        case ZSTD -> MediaType.OCI_LAYER_ZSTD;
      };
    }

    /** The tar in this packing. */
    public byte[] pack(byte[] tar) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out =
          switch (this) {
            case PLAIN -> packed;
            case GZIP -> new GZIPOutputStream(packed);
            case ZSTD -> new ZstdOutputStream(packed);
          }) {
        out.write(tar);
      }
      return packed.toByteArray();
    }
  }

  private final Platform platform;
  private final List<Digest> diffIds = new ArrayList<>();
  private final List<Descriptor> layers = new ArrayList<>();
  private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();

  /** An image without layers for that platform. */
  public ImageBuilder(Platform platform) {
    this.platform = platform;
  }

  /** An image for linux/amd64. */
  public ImageBuilder() {
    this(Platform.of("linux", "amd64", null));
  }

  /** Adds a layer on top, compressed with gzip. */
  public ImageBuilder layer(TarBuilder tar) {
    return layer(tar, Packing.GZIP);
  }

  /** Adds a layer on top. */
  public ImageBuilder layer(TarBuilder tar, Packing packing) {
    byte[] bytes = tar.build();
    try {
      return layer(bytes, packing.pack(bytes), packing.mediaType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a layer as it is, right or wrong.
   *
   * @param tar what the diffID is computed from
   * @param blob the layer's blob
   */
  public ImageBuilder layer(byte[] tar, byte[] blob, MediaType mediaType) {
    diffIds.add(Digest.sha256(tar));
    layers.add(add(mediaType, blob));
    return this;
  }

  /** An image of three layers with one of everything that a layer can hold. */
  public static ImageBuilder sample(Platform platform) {
    return new ImageBuilder(platform)
        .layer(
            new TarBuilder()
                .directory("bin")
                .file("bin/tool", ("tool for " + platform + "\n").repeat(1000))
                .hardlink("bin/alias", "bin/tool")
                .symlink("bin/link", "tool")
                .directory("etc")
                .file("etc/old", "old")
                .fileWithXattrs("etc/noted", "noted", Map.of("user.note", "value"))
                .directory("dev")
                .characterDevice("dev/null", 1, 3)
                .blockDevice("dev/loop0", 7, 0)
                .fifo("dev/pipe"),
            Packing.GZIP)
        .layer(
            new TarBuilder()
                .whiteout("etc/old")
                .file("etc/ümlaut-" + "long".repeat(40), "a name that needs a PAX header"),
            Packing.PLAIN)
        .layer(
            new TarBuilder().directory("bin").opaque("bin").file("bin/new", "new"), Packing.ZSTD);
  }

  /** The layers so far, base first. */
  public List<Descriptor> layers() {
    return List.copyOf(layers);
  }

  /**
   * Writes blobs, config and manifest.
   *
   * @param tag the tag, or null for the digest only
   * @return the manifest
   */
  public RawManifest writeTo(ImageSink sink, @Nullable String tag) throws IOException {
    Descriptor config = add(MediaType.OCI_CONFIG, config());
    RawManifest manifest =
        new Manifest(MediaType.OCI_MANIFEST, null, config, layers, null, new TreeMap<>()).toRaw();
    for (Map.Entry<Digest, byte[]> blob : blobs.entrySet()) {
      put(sink, blob.getKey(), blob.getValue());
    }
    sink.putManifest(manifest, tag);
    return manifest;
  }

  /** Writes the images, one for each platform, and an index of them. */
  public static RawManifest writeIndex(ImageSink sink, String tag, List<ImageBuilder> images)
      throws IOException {
    List<Descriptor> manifests = new ArrayList<>();
    for (ImageBuilder image : images) {
      manifests.add(image.writeTo(sink, null).descriptor().withPlatform(image.platform));
    }
    RawManifest index =
        new Index(MediaType.OCI_INDEX, null, manifests, null, new TreeMap<>()).toRaw();
    sink.putManifest(index, tag);
    return index;
  }

  /** Writes {@link #sample} for linux/amd64 and linux/arm64, and an index of the two. */
  public static RawManifest writeSampleIndex(ImageSink sink, String tag) throws IOException {
    return writeIndex(
        sink,
        tag,
        List.of(
            sample(Platform.of("linux", "amd64", null)),
            sample(Platform.of("linux", "arm64", null))));
  }

  private Descriptor add(MediaType mediaType, byte[] blob) {
    Descriptor descriptor = Descriptor.of(mediaType, Digest.sha256(blob), blob.length);
    blobs.put(descriptor.digest(), blob);
    return descriptor;
  }

  private static void put(ImageSink sink, Digest digest, byte[] blob) throws IOException {
    sink.putBlob(
        Descriptor.of(MediaType.OCTET_STREAM, digest, blob.length),
        offset -> new ByteArrayInputStream(blob, (int) offset, blob.length - (int) offset),
        null);
  }

  private byte[] config() {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode json = mapper.createObjectNode();
    json.put("created", TarBuilder.TIME.toString());
    json.put("architecture", platform.architecture()).put("os", platform.os());
    if (platform.variant() != null) {
      json.put("variant", platform.variant());
    }
    json.putObject("config").putArray("Cmd").add("/bin/new");
    ArrayNode array = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    diffIds.forEach(diffId -> array.add(diffId.toString()));
    ArrayNode history = json.putArray("history");
    diffIds.forEach(diffId -> history.addObject().put("created_by", "test"));
    return mapper.writeValueAsBytes(json);
  }
}
