package dev.starling.shell.image;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One platform's image, as an index lists it or standing alone.
 *
 * @param descriptor how the index names it, or its plain descriptor
 * @param raw its manifest, or null if the place has the index only
 */
record ImageEntry(Descriptor descriptor, @Nullable RawManifest raw) {

  private static final int MAX_DEPTH = 3;

  /** The images below a manifest or index that are wanted, in order. */
  static List<ImageEntry> list(ImageSource source, RawManifest root, PlatformSelection wanted)
      throws IOException {
    List<ImageEntry> entries = new ArrayList<>();
    collect(source, new ImageEntry(root.descriptor(), root), wanted, entries, 0);
    return List.copyOf(entries);
  }

  private static void collect(
      ImageSource source,
      ImageEntry entry,
      PlatformSelection wanted,
      List<ImageEntry> entries,
      int depth)
      throws IOException {
    RawManifest raw = entry.raw();
    if (raw == null || !raw.isIndex()) {
      entries.add(entry);
      return;
    }
    if (depth == MAX_DEPTH) {
      throw new InvalidImageException(
          "index " + raw.digest() + " is nested deeper than " + MAX_DEPTH + " levels");
    }
    for (Descriptor child : Index.parse(raw).manifests()) {
      if (wanted.accepts(child)) {
        collect(source, find(source, child), wanted, entries, depth + 1);
      }
    }
  }

  private static ImageEntry find(ImageSource source, Descriptor child) throws IOException {
    try {
      return new ImageEntry(child, source.manifest(child.digest().toString()));
    } catch (ContentNotFoundException e) {
      return new ImageEntry(child, null);
    }
  }

  /**
   * The one image that is meant: of those wanted the first that is there, or the only one there is.
   *
   * @throws ContentNotFoundException if none is, naming those there are
   */
  static ImageEntry one(
      ImageSource source, RawManifest root, PlatformSelection wanted, boolean explicit)
      throws IOException {
    List<ImageEntry> all = list(source, root, PlatformSelection.all());
    List<ImageEntry> present = all.stream().filter(entry -> entry.raw() != null).toList();
    for (ImageEntry entry : present) {
      if (wanted.accepts(entry.descriptor())) {
        return entry;
      }
    }
    if (!explicit && present.size() == 1) {
      return present.getFirst();
    }
    throw new ContentNotFoundException(
        "index %s has no image for %s here; there is %s; choose with --platform"
            .formatted(
                root.digest(),
                wanted,
                present.isEmpty()
                    ? "none"
                    : present.stream()
                        .map(ImageEntry::platformText)
                        .collect(Collectors.joining(", "))));
  }

  /** The platform that the index names, or null. */
  @Nullable Platform platform() {
    return descriptor.platform();
  }

  /** The platform that the index names or, for an image without one, its config; or null. */
  @Nullable Platform platform(ImageSource source) throws IOException {
    Descriptor config = manifest().config();
    if (platform() != null || !ConfigContent.isImageConfig(config)) {
      return platform();
    }
    return ImageConfig.parse(ConfigContent.read(source, config)).platform();
  }

  private String platformText() {
    return Objects.requireNonNullElse(descriptor.platform(), "one without platform").toString();
  }

  /**
   * The parsed manifest.
   *
   * @throws ContentNotFoundException if it is not there
   */
  Manifest manifest() throws IOException {
    RawManifest present = raw;
    if (present == null) {
      throw new ContentNotFoundException(
          "manifest " + descriptor.digest() + " is listed but not here");
    }
    return Manifest.parse(present);
  }
}
