package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts one image, for one platform or several, from a source to its destinations. Used for one
 * image and by one thread.
 */
public final class ImageConverter {

  /** Layers that are fetched or pushed at a time; more than one link can use helps nobody. */
  private static final int TRANSFERS = 6;

  /** How many listed files that are nowhere are named. */
  private static final int NAMED = 5;

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
   * @param unmatched the listed files that are in none of them, as they were listed
   * @param tocImage the image of its external TOCs, or null if there is none
   */
  public record Outcome(
      RawManifest root,
      List<ConvertResult.ConvertedImage> images,
      List<String> unmatched,
      @Nullable RawManifest tocImage) {}

  /** As the other method, with the layers that are kept in the log. */
  public Outcome convert(String selector, ConversionRequest request) throws IOException {
    return convert(selector, request, LayerListener.logging(log));
  }

  /**
   * Converts the image and writes it: blobs, configs, manifests, then the index.
   *
   * @param selector the image's tag or digest
   * @param listener is told what becomes of layers
   * @throws IOException if the image cannot be read, converted or written
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   */
  public Outcome convert(String selector, ConversionRequest request, LayerListener listener)
      throws IOException {
    ImagePlan plan = ImagePlan.read(source, source.manifest(selector), request.platforms());
    try (TaskGroup transfers = TaskGroup.forTransfers(TRANSFERS, cancellation);
        TaskGroup conversions = TaskGroup.forComputing(1, cancellation)) {
      LayerPipeline pipeline =
          new LayerPipeline(
              source, destinations, work, request, progress, listener, transfers, conversions);
      return new Run(request, plan, pipeline, transfers).run();
    }
  }

  /** One conversion. */
  private final class Run {
    private final ConversionRequest request;
    private final ImagePlan plan;
    private final LayerPipeline pipeline;
    private final TaskGroup transfers;
    private final ConfigConverter configs = new ConfigConverter(source, destinations);
    private final ListedLayers listed;
    private final ManifestConverter manifests;
    private final VerbatimCopy others;

    Run(ConversionRequest request, ImagePlan plan, LayerPipeline pipeline, TaskGroup transfers) {
      this.request = request;
      this.plan = plan;
      this.pipeline = pipeline;
      this.transfers = transfers;
      this.listed = new ListedLayers(request.lists().madeOn(plan.platforms(), Platform.host()));
      this.manifests =
          new ManifestConverter(configs, pipeline, listed, transfers, log, request.oci());
      this.others = new VerbatimCopy(source, pipeline);
    }

    Outcome run() throws IOException {
      List<ManifestConverter.Started> started = start();
      List<ConvertResult.@Nullable Prioritized> found = new ArrayList<>();
      for (ManifestConverter.Started each : started) {
        found.add(listed.isEmpty() ? null : manifests.count(each));
      }
      reportUnmatched();
      pipeline.release();
      Map<Digest, RawManifest> converted = new HashMap<>();
      List<ConvertResult.ConvertedImage> reports = new ArrayList<>();
      List<RawManifest> results = new ArrayList<>();
      for (int i = 0; i < started.size(); i++) {
        ManifestConverter.Converted image = manifests.finish(started.get(i), found.get(i));
        converted.put(started.get(i).image().raw().digest(), image.manifest());
        results.add(image.manifest());
        reports.add(image.report());
      }
      transfers.join();
      Index index = plan.index();
      RawManifest root =
          index == null ? results.getFirst() : writeImages(index, results, converted);
      // First, so that whoever sees the image can read it.
      RawManifest tocImage = new TocImageWriter(destinations).write(pipeline.tocs());
      write(root, true);
      return new Outcome(root, reports, listed.unmatched(), tocImage);
    }

    private List<ManifestConverter.Started> start() throws IOException {
      Map<ImagePlan.Image, Optional<Platform>> platforms = new HashMap<>();
      for (ImagePlan.Image image : plan.images()) {
        Platform platform = listed.isEmpty() ? image.platform() : configs.platform(image);
        listed.add(image, platform);
        platforms.put(image, Optional.ofNullable(platform));
      }
      List<ManifestConverter.Started> started = new ArrayList<>();
      for (ImagePlan.Entry entry : plan.entries()) {
        switch (entry) {
          case ImagePlan.Image image ->
              started.add(
                  manifests.start(
                      image, platforms.getOrDefault(image, Optional.empty()).orElse(null)));
          case ImagePlan.Other(Descriptor other) -> others.start(other);
        }
      }
      return started;
    }

    private void reportUnmatched() throws CommandException {
      List<String> unmatched = listed.unmatched();
      if (unmatched.isEmpty()) {
        return;
      }
      String message =
          "%d %s in no layer: %s%s"
              .formatted(
                  unmatched.size(),
                  unmatched.size() == 1 ? "listed file is" : "listed files are",
                  unmatched.stream()
                      .limit(NAMED)
                      .map(text -> "'" + text + "'")
                      .collect(Collectors.joining(", ")),
                  unmatched.size() > NAMED ? ", ..." : "");
      if (request.strict()) {
        throw new CommandException(message + "; nothing was written, because of --strict");
      }
      log.warn(message);
    }

    private RawManifest writeImages(
        Index index, List<RawManifest> results, Map<Digest, RawManifest> converted)
        throws IOException {
      for (RawManifest manifest : results) {
        write(manifest, false);
      }
      others.finish(destinations);
      return new IndexRewriter(plan, request.oci()).rewrite(index, converted);
    }

    private void write(RawManifest manifest, boolean tagged) throws IOException {
      for (Destination destination : destinations) {
        cancellation.check();
        destination.sink().putManifest(manifest, tagged ? destination.tag() : null);
      }
    }
  }
}
