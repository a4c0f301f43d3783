package dev.starling.convert;

import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Platform;
import dev.starling.convert.ConversionPlan.Action;
import dev.starling.convert.ConversionPlan.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a conversion would do. Only manifests and the ends of layers that might be kept
 * are fetched; nothing is written.
 *
 * @param source the repository of the image
 * @param places where the result would go
 * @param work the work folder, which need not be there
 */
record DryRun(ImageSource source, List<Places.Place> places, Path work) {

  ConversionPlan plan(String selector, ConversionRequest request) throws IOException {
    ImagePlan plan = ImagePlan.read(source, source.manifest(selector), request.platforms());
    ListedLayers listed =
        new ListedLayers(request.lists().madeOn(plan.platforms(), Platform.host()));
    ConfigConverter configs = new ConfigConverter(source, List.of());
    for (ImagePlan.Image image : plan.images()) {
      listed.add(image, listed.isEmpty() ? null : configs.platform(image));
    }
    List<ConversionPlan.PlannedImage> images = new ArrayList<>();
    for (ImagePlan.Image image : plan.images()) {
      List<ConversionPlan.PlannedLayer> layers = new ArrayList<>();
      for (Descriptor layer : image.manifest().layers()) {
        layers.add(plan(layer, request, listed.of(layer)));
      }
      images.add(new ConversionPlan.PlannedImage(image.platform(), image.raw().digest(), layers));
    }
    return new ConversionPlan(images, plan.entries().size() - images.size(), null);
  }

  private ConversionPlan.PlannedLayer plan(
      Descriptor layer, ConversionRequest request, Prioritization files) throws IOException {
    Action action = action(layer, request, files);
    List<Transfer> transfers = new ArrayList<>();
    for (Places.Place place : places) {
      transfers.add(transfer(layer, action, place));
    }
    return new ConversionPlan.PlannedLayer(action, layer.digest(), layer.size(), transfers);
  }

  private Action action(Descriptor layer, ConversionRequest request, Prioritization files)
      throws IOException {
    LayerConversion conversion = request.conversion();
    if (conversion == null || !layer.mediaType().isLayer()) {
      return Action.COPY;
    }
    if (request.reuse() && new ReuseCheck(source, conversion).tocOf(layer, files) != null) {
      return Action.REUSE;
    }
    String key = LayerPipeline.keyOf(layer, conversion.prioritizing(files));
    return WorkFolder.hasFinished(work, key) ? Action.TAKE_UP : Action.CONVERT;
  }

  private static Transfer transfer(Descriptor layer, Action action, Places.Place place)
      throws IOException {
    return switch (action) {
      // What it will be, and so whether it is there, shows when it is converted.
      case CONVERT, TAKE_UP -> Transfer.WRITE;
      case REUSE, COPY -> {
        if (place.blobs().has(layer)) {
          yield Transfer.EXISTS;
        }
        yield place.mounts() ? Transfer.MOUNT : Transfer.WRITE;
      }
    };
  }
}
