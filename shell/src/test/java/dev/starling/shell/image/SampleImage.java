package dev.starling.shell.image;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes small images whose layers are plain tar, so that every byte of them is known. */
final class SampleImage {

  static final Platform AMD64 = Platform.of("linux", "amd64", null);
  static final Platform ARM64 = Platform.of("linux", "arm64", null);

  private SampleImage() {}

  /** An image of some layers of one file each. */
  static RawManifest write(ImageSink sink, Platform platform, int layers) throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      byte[] tar = tar("file-" + i, platform + " " + i);
      descriptors.add(put(sink, MediaType.OCI_LAYER, tar));
    }
    byte[] config = config(platform, descriptors).getBytes(StandardCharsets.UTF_8);
    RawManifest raw =
        new Manifest(
                MediaType.OCI_MANIFEST,
                null,
                put(sink, MediaType.OCI_CONFIG, config),
                descriptors,
                null,
                new TreeMap<>())
            .toRaw();
    sink.putManifest(raw, null);
    return raw;
  }

  /** An index of one image for each of two platforms. */
  static RawManifest writeIndex(ImageSink sink, String tag) throws IOException {
    RawManifest raw =
        new Index(
                MediaType.OCI_INDEX,
                null,
                List.of(
                    write(sink, AMD64, 2).descriptor().withPlatform(AMD64),
                    write(sink, ARM64, 1).descriptor().withPlatform(ARM64)),
                null,
                new TreeMap<>())
            .toRaw();
    sink.putManifest(raw, tag);
    return raw;
  }

  static Descriptor put(ImageSink sink, MediaType type, byte[] bytes) throws IOException {
    Descriptor blob = Descriptor.of(type, Digest.sha256(bytes), bytes.length);
    sink.putBlob(
        blob,
        offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset),
        null);
    return blob;
  }

  private static String config(Platform platform, List<Descriptor> layers) {
    String diffIds =
        layers.stream()
            .map(layer -> '"' + layer.digest().toString() + '"')
            .collect(Collectors.joining(","));
    return """
    {"architecture":"%s","os":"%s","rootfs":{"type":"layers","diff_ids":[%s]}}\
    """
        .formatted(platform.architecture(), platform.os(), diffIds);
  }

  static byte[] tar(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      entry.setModTime(0);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
