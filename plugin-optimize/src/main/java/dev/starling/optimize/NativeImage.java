package dev.starling.optimize;

import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The image of an image's index, or the only one, that this machine can run.
 *
 * @param raw its manifest
 * @param manifest the same, parsed
 * @param config its configuration
 */
record NativeImage(RawManifest raw, Manifest manifest, ImageConfig config) {

  /** An image with that tag or digest, or null if it has none for this machine. */
  static @Nullable NativeImage find(ImageSource source, String selector) throws IOException {
    RawManifest root = source.manifest(selector);
    if (!root.isIndex()) {
      NativeImage only = read(source, root);
      Platform platform = only.config().platform();
      return platform == null || Platform.host().accepts(platform) ? only : null;
    }
    PlatformSelection here = PlatformSelection.of(List.of(Platform.host()));
    for (Descriptor entry : Index.parse(root).manifests()) {
      if (entry.platform() != null && entry.mediaType().isManifest() && here.accepts(entry)) {
        return read(source, source.manifest(entry.digest().toString()));
      }
    }
    return null;
  }

  private static NativeImage read(ImageSource source, RawManifest raw) throws IOException {
    Manifest manifest = Manifest.parse(raw);
    Descriptor config = manifest.config();
    if (config.size() > ImageConfig.MAX_SIZE) {
      throw new IOException(
          "the configuration "
              + config.digest()
              + " is larger than "
              + ImageConfig.MAX_SIZE
              + " bytes");
    }
    try (InputStream in = source.openBlob(config)) {
      return new NativeImage(raw, manifest, ImageConfig.parse(in.readAllBytes()));
    }
  }

  /** Where in the manifest its layers are, base first; what else it lists is none. */
  List<Integer> layers() {
    List<Descriptor> all = manifest.layers();
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).mediaType().isLayer())
        .boxed()
        .toList();
  }

  /** The layers' descriptors, base first. */
  List<Descriptor> layerDescriptors() {
    return layers().stream().map(manifest.layers()::get).toList();
  }
}
