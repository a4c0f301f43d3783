package dev.starling.api.copy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An image's manifests as a tree: an index above the images that are wanted, or one image. */
sealed interface ImageTree {

  /** An index within an index within an index is more than any real image has. */
  int MAX_DEPTH = 3;

  /** The bytes of this manifest or index. */
  RawManifest raw();

  /** How the index above names it, or its plain descriptor at the top. */
  Descriptor descriptor();

  /** The images in the tree, in order. */
  Stream<Leaf> leaves();

  /** One image. */
  record Leaf(RawManifest raw, Descriptor descriptor, Manifest manifest) implements ImageTree {
    @Override
    public Stream<Leaf> leaves() {
      return Stream.of(this);
    }
  }

  /**
   * An index.
   *
   * @param children those that are wanted and there
   * @param missing entries that are wanted and not there
   */
  record Branch(
      RawManifest raw,
      Descriptor descriptor,
      Index index,
      List<ImageTree> children,
      List<Descriptor> missing)
      implements ImageTree {
    @Override
    public Stream<Leaf> leaves() {
      return children.stream().flatMap(ImageTree::leaves);
    }
  }

  /** Reads the tree below a tag or digest. */
  static ImageTree read(
      ImageSource source, String selector, PlatformSelection platforms, SideBySide tasks)
      throws IOException {
    RawManifest raw = source.manifest(selector);
    return read(source, raw, raw.descriptor(), platforms, tasks, 0);
  }

  private static ImageTree read(
      ImageSource source,
      RawManifest raw,
      Descriptor descriptor,
      PlatformSelection platforms,
      SideBySide tasks,
      int depth)
      throws IOException {
    if (!raw.isIndex()) {
      return new Leaf(raw, descriptor, Manifest.parse(raw));
    }
    if (depth == MAX_DEPTH) {
      throw new InvalidImageException(
          "index " + raw.digest() + " is nested deeper than " + MAX_DEPTH + " levels");
    }
    Index index = Index.parse(raw);
    List<Descriptor> wanted = index.manifests().stream().filter(platforms::accepts).toList();
    List<Found> found =
        tasks.run(
            wanted.stream().map(entry -> (Callable<Found>) () -> find(source, entry)).toList());
    List<ImageTree> children = new ArrayList<>();
    List<Descriptor> missing = new ArrayList<>();
    for (Found each : found) {
      RawManifest child = each.raw();
      if (child == null) {
        missing.add(each.entry());
      } else {
        children.add(read(source, child, each.entry(), platforms, tasks, depth + 1));
      }
    }
    return new Branch(raw, descriptor, index, List.copyOf(children), List.copyOf(missing));
  }

  private static Found find(ImageSource source, Descriptor entry) throws IOException {
    try {
      RawManifest raw = source.manifest(entry.digest().toString());
      long size = raw.bytes().length;
      if (size != entry.size()) {
        throw new CorruptContentException(
            "manifest %s has %d bytes; the index says %d"
                .formatted(entry.digest(), size, entry.size()));
      }
      return new Found(entry, raw);
    } catch (ContentNotFoundException e) {
      return new Found(entry, null);
    }
  }

  /** An index's entry and its manifest, if it is there. */
  record Found(Descriptor entry, @Nullable RawManifest raw) {}
}
