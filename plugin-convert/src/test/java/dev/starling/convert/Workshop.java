package dev.starling.convert;

import static dev.starling.api.command.PlatformOptions.host;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Codec;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.TocEntry;
import dev.starling.api.estargz.UnverifiedToc;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Converts images from one layout into another, below one folder. */
final class Workshop {

  static final LayerConversion ESTARGZ =
      new LazyConversion(EstargzOptions.defaults(), Codec.best().displayName());

  final Path folder;
  final OciLayout source;
  final OciLayout result;
  final Recorder recorder = new Recorder();

  Workshop(Path folder) throws IOException {
    this.folder = folder;
    this.source = OciLayout.create(folder.resolve("source"));
    this.result = OciLayout.create(folder.resolve("result"));
  }

  static ConversionRequest all() {
    return ConversionRequest.of(PlatformSelection.all(), ESTARGZ, true);
  }

  static ConversionRequest onHost() {
    return ConversionRequest.of(host(), ESTARGZ, true);
  }

  ImageConverter.Outcome convert(String selector, ConversionRequest request) throws IOException {
    return convert(source, selector, request);
  }

  ImageConverter.Outcome convert(OciLayout from, String selector, ConversionRequest request)
      throws IOException {
    try (ImageSource images = from.source();
        ImageSink sink = result.sink();
        WorkFolder work = WorkFolder.open(folder.resolve("work"), Clock.systemUTC())) {
      Destination destination = new Destination(sink, "converted", "the result", null);
      ImageConverter.Outcome outcome =
          new ImageConverter(
                  images, List.of(destination), work, recorder, recorder.log(), new Cancellation())
              .convert(selector, request);
      work.succeeded();
      return outcome;
    }
  }

  /** The names in the TOC of a converted image's layer that lie in front of its landmark. */
  List<String> front(RawManifest image, int layer) throws IOException {
    List<String> names = entries(image, layer).stream().map(TocEntry::name).toList();
    int landmark = names.indexOf(".prefetch.landmark");
    return names.subList(0, Math.max(0, landmark));
  }

  private List<TocEntry> entries(RawManifest image, int layer) throws IOException {
    Descriptor blob = Manifest.parse(image).layers().get(layer);
    Digest toc = Digest.parse(blob.annotations().getOrDefault(EstargzAnnotations.TOC_DIGEST, ""));
    try (ImageSource images = result.source();
        var content = images.openRandomAccess(blob)) {
      return UnverifiedToc.read(content).verify(toc).entries();
    }
  }
}
