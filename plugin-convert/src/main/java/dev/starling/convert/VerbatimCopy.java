package dev.starling.convert;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Takes entries of an index along as they are, with all that they lead to: attestations, artifacts,
 * indexes, plain blobs. Used by one thread.
 */
final class VerbatimCopy {

  /** An index within an index within an index is more than any real image has. */
  private static final int MAX_DEPTH = 3;

  private final ImageSource source;
  private final LayerPipeline pipeline;
  private final List<RawManifest> manifests = new ArrayList<>();

  VerbatimCopy(ImageSource source, LayerPipeline pipeline) {
    this.source = source;
    this.pipeline = pipeline;
  }

  /** Begins to copy all blobs below an entry. */
  void start(Descriptor entry) throws IOException {
    start(entry, 0);
  }

  private void start(Descriptor entry, int depth) throws IOException {
    RawManifest raw;
    try {
      raw = source.manifest(entry.digest().toString());
    } catch (ContentNotFoundException | InvalidImageException e) {
      // An index may list anything: it is no manifest, or not there, which copying will tell.
      copy(entry);
      return;
    }
    if (raw.isIndex() && depth == MAX_DEPTH) {
      throw new InvalidImageException(
          "index " + raw.digest() + " is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (raw.isIndex()) {
      for (Descriptor child : Index.parse(raw).manifests()) {
        start(child, depth + 1);
      }
    } else {
      Manifest.blobs(raw).forEach(this::copy);
    }
    manifests.add(raw);
  }

  /** The pipeline's group of transfers waits for it and reports its failure. */
  private void copy(Descriptor blob) {
    Future<Descriptor> _ = pipeline.startCopy(blob);
  }

  /** Writes the manifests, whose blobs are in the destinations now, children before parents. */
  void finish(List<Destination> destinations) throws IOException {
    for (RawManifest manifest : manifests) {
      for (Destination destination : destinations) {
        destination.sink().putManifest(manifest, null);
      }
    }
  }
}
