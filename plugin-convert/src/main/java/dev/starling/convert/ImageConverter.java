package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts one image, for one platform or several, from a source to its destinations. Used for one
 * image and by one thread.
 */
public final class ImageConverter {

  /** Layers that are fetched or pushed at a time; more than one link can use helps nobody. */
  private static final int TRANSFERS = 6;

  private final ImageSource source;
  private final List<Destination> destinations;
  private final WorkFolder work;
  private final Progress progress;
  private final Log log;
  private final Cancellation cancellation;

  /**
   * @param source the repository of the image
   * @param destinations where the result goes, at least one
   * @param work where blobs on the way live
   */
  public ImageConverter(
      ImageSource source,
      List<Destination> destinations,
      WorkFolder work,
      Progress progress,
      Log log,
      Cancellation cancellation) {
    this.source = source;
    this.destinations = List.copyOf(destinations);
    this.work = work;
    this.progress = progress;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * What a conversion made.
   *
   * @param root the result's manifest or index
   * @param images the images in it
   */
  public record Outcome(RawManifest root, List<ConvertResult.ConvertedImage> images) {}

  /**
   * Converts the image and writes it: blobs, configs, manifests, then the index.
   *
   * @param selector the image's tag or digest
   * @param platforms which of its platforms
   * @param conversion what layers become, or null to keep them
   * @param oci whether media types become OCI's
   * @throws IOException if the image cannot be read, converted or written
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   */
  public Outcome convert(
      String selector,
      PlatformSelection platforms,
      @Nullable LayerConversion conversion,
      boolean oci)
      throws IOException {
    RawManifest root = source.manifest(selector);
    try (TaskGroup transfers = TaskGroup.forTransfers(TRANSFERS, cancellation);
        TaskGroup conversions = TaskGroup.forComputing(1, cancellation)) {
      LayerPipeline pipeline =
          new LayerPipeline(
              source, destinations, work, conversion, progress, transfers, conversions);
      ManifestConverter manifests =
          new ManifestConverter(
              new ConfigConverter(source, destinations), pipeline, transfers, log, oci);
      Outcome outcome =
          root.isIndex()
              ? convertIndex(root, platforms, manifests, oci)
              : convertSingle(root, manifests);
      transfers.join();
      write(outcome.root());
      return outcome;
    }
  }

  private Outcome convertSingle(RawManifest root, ManifestConverter manifests) throws IOException {
    ManifestConverter.Started started = manifests.start(root, null);
    ManifestConverter.Converted converted = manifests.finish(started);
    return new Outcome(converted.manifest(), List.of(converted.report()));
  }

  private Outcome convertIndex(
      RawManifest root, PlatformSelection platforms, ManifestConverter manifests, boolean oci)
      throws IOException {
    Index index = Index.parse(root);
    List<Descriptor> selected = index.manifests().stream().filter(platforms::accepts).toList();
    if (selected.isEmpty()) {
      throw new CommandException(
          "the image has no %s; it has %s; choose with --platform or take --all-platforms"
              .formatted(platforms, platformsOf(index)));
    }
    List<ManifestConverter.Started> started = new ArrayList<>();
    for (Descriptor entry : selected) {
      started.add(manifests.start(source.manifest(entry.digest().toString()), entry.platform()));
    }
    List<Descriptor> entries = new ArrayList<>();
    List<ConvertResult.ConvertedImage> reports = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      ManifestConverter.Converted converted = manifests.finish(started.get(i));
      for (Destination destination : destinations) {
        destination.sink().putManifest(converted.manifest(), null);
      }
      RawManifest manifest = converted.manifest();
      entries.add(
          selected
              .get(i)
              .withContent(manifest.digest(), manifest.descriptor().size())
              .withMediaType(manifest.mediaType()));
      reports.add(converted.report());
    }
    Index result = index.withManifests(entries);
    RawManifest raw =
        (oci ? result.withMediaType(MediaTypes.toOci(index.mediaType())) : result).toRaw();
    return new Outcome(result.equals(index) && !oci ? root : raw, reports);
  }

  private void write(RawManifest root) throws IOException {
    for (Destination destination : destinations) {
      cancellation.check();
      destination.sink().putManifest(root, destination.tag());
    }
  }

  private static String platformsOf(Index index) {
    return index.manifests().stream()
        .map(Descriptor::platform)
        .map(platform -> platform == null ? "an image for any platform" : platform.toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
