package dev.starling.api.copy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Copies an image from a source to a sink: layers in parallel, then configs, then manifests, then
 * the index, so that whatever the sink shows is complete. What the sink has is not sent again. The
 * first failure ends the other transfers and names the blob that failed. An object serves one copy
 * at a time.
 */
public final class ImageCopy {

  private final ImageSource source;
  private final ImageSink sink;
  private final CopyOptions options;
  private final SideBySide tasks;

  /** A copy that has not begun. */
  public ImageCopy(ImageSource source, ImageSink sink, CopyOptions options) {
    this.source = source;
    this.sink = sink;
    this.options = options;
    this.tasks = new SideBySide(options.parallelism(), options.cancellation());
  }

  /**
   * Copies the image.
   *
   * @param selector the image's tag or digest in the source
   * @param tag the tag that it gets in the sink, or null for the digest only
   * @throws ContentNotFoundException if the source has no such image
   * @throws CopyException if a platform is missing or a blob fails; the cause says how
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   */
  public CopiedImage copy(String selector, @Nullable String tag) throws IOException {
    ImageTree tree = resolve(selector);
    IndexCompletion completion = new IndexCompletion(options);
    List<RawManifest> manifests = completion.manifests(tree);
    List<ImageTree.Leaf> leaves = tree.leaves().toList();
    List<CopiedBlob> blobs = new ArrayList<>();
    blobs.addAll(copyAll(layers(leaves)));
    blobs.addAll(copyAll(configs(leaves)));
    RawManifest root = manifests.getLast();
    for (RawManifest manifest : manifests.subList(0, manifests.size() - 1)) {
      options.cancellation().check();
      sink.putManifest(manifest, null);
    }
    options.cancellation().check();
    sink.putManifest(root, tag);
    return new CopiedImage(
        root.descriptor(),
        leaves.stream().map(ImageTree.Leaf::descriptor).toList(),
        blobs,
        completion.narrowed());
  }

  private ImageTree resolve(String selector) throws IOException {
    try (Progress.Item item =
        options.progress().begin(options.name(), Progress.State.RESOLVING, -1)) {
      ImageTree tree = ImageTree.read(source, selector, options.platforms(), tasks);
      item.finish(Progress.State.DONE);
      return tree;
    }
  }

  private static Collection<BlobCopy> layers(List<ImageTree.Leaf> leaves) {
    SequencedMap<Digest, BlobCopy> unique = new LinkedHashMap<>();
    for (ImageTree.Leaf leaf : leaves) {
      List<Descriptor> layers = leaf.manifest().layers();
      for (int i = 0; i < layers.size(); i++) {
        String what = "layer " + (i + 1) + " of " + layers.size();
        Descriptor layer = layers.get(i);
        unique.putIfAbsent(layer.digest(), new BlobCopy(layer, what + imageOf(leaf)));
      }
    }
    return unique.values();
  }

  private static Collection<BlobCopy> configs(List<ImageTree.Leaf> leaves) {
    SequencedMap<Digest, BlobCopy> unique = new LinkedHashMap<>();
    for (ImageTree.Leaf leaf : leaves) {
      Descriptor config = leaf.manifest().config();
      unique.putIfAbsent(config.digest(), new BlobCopy(config, "config" + imageOf(leaf)));
    }
    return unique.values();
  }

  private static String imageOf(ImageTree.Leaf leaf) {
    return leaf.descriptor().platform() == null ? "" : " for " + leaf.descriptor().platform();
  }

  private List<CopiedBlob> copyAll(Collection<BlobCopy> copies) throws IOException {
    return tasks.run(copies.stream().map(copy -> (Callable<CopiedBlob>) () -> copy(copy)).toList());
  }

  private CopiedBlob copy(BlobCopy copy) throws IOException {
    Descriptor blob = copy.blob();
    try (Progress.Item item =
        options.progress().begin(blob.digest().shortHex(), Progress.State.WAITING, blob.size())) {
      ImageSink.Outcome outcome =
          sink.putBlob(
              blob,
              new CountedContent(source, blob, item, options.moving(), options.cancellation()),
              options.mountFrom());
      item.finish(
          switch (outcome) {
            case EXISTS -> Progress.State.EXISTS;
            case MOUNTED -> Progress.State.MOUNTED;
            case WRITTEN -> Progress.State.DONE;
          });
      return new CopiedBlob(blob, outcome);
    } catch (IOException e) {
      throw new CopyException(
          "%s: %s (%s): %s".formatted(options.name(), copy.what(), blob.digest(), reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /**
   * A blob to copy.
   *
   * @param what its place in the image, for messages
   */
  private record BlobCopy(Descriptor blob, String what) {}
}
