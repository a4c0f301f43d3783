package dev.starling.shell.demo;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.TaskGroup;
import dev.starling.api.layout.OciLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Makes the demo's image: a layer of programs to run, and one for each of some folders that most
 * machines have.
 */
final class ImageMaker {

  private static final int MAX_FILES = 4_000;
  private static final long MAX_BYTES = 48L << 20;

  private final OciLayout layout;
  private final Cancellation cancellation;

  ImageMaker(OciLayout layout, Cancellation cancellation) {
    this.layout = layout;
    this.cancellation = cancellation;
  }

  /**
   * The image.
   *
   * @param layers how many layers it has
   * @param entries how many files, folders and links
   * @param tarSize the length of its layers' tar in bytes
   * @param size the length of its compressed layers in bytes
   */
  record Made(int layers, int entries, long tarSize, long size) {}

  /** The folders, the base layer's first. */
  static List<Path> folders() {
    Path java = Path.of(System.getProperty("java.home"));
    return List.of(
        Path.of("/etc"), Path.of("/usr/share"), java.resolve("lib"), java.resolve("legal"));
  }

  /**
   * Makes the image.
   *
   * @param tag its name in the layout
   * @throws CommandException if the folders have nothing to show
   */
  Made make(List<Path> folders, String tag) throws IOException, InterruptedException {
    List<LayerMaker.Made> layers = layers(folders);
    if (layers.isEmpty()) {
      throw new CommandException("the demo found no readable files in " + folders);
    }
    try (ImageSink sink = layout.sink()) {
      Descriptor config = put(sink, config(layers).getBytes(StandardCharsets.UTF_8));
      List<Descriptor> blobs = layers.stream().map(LayerMaker.Made::blob).toList();
      sink.putManifest(
          new Manifest(MediaType.OCI_MANIFEST, null, config, blobs, null, new TreeMap<>()).toRaw(),
          tag);
    }
    return new Made(
        layers.size(),
        layers.stream().mapToInt(LayerMaker.Made::entries).sum(),
        layers.stream().mapToLong(LayerMaker.Made::tarSize).sum(),
        layers.stream().mapToLong(layer -> layer.blob().size()).sum());
  }

  private List<LayerMaker.Made> layers(List<Path> folders)
      throws IOException, InterruptedException {
    LayerMaker maker = new LayerMaker(layout.blobs(), cancellation);
    List<Future<LayerMaker.Made>> made = new ArrayList<>();
    int processors = Runtime.getRuntime().availableProcessors();
    try (TaskGroup group = TaskGroup.forComputing(processors, cancellation)) {
      List<FileSample> samples = new ArrayList<>(List.of(LocalPrograms.sample()));
      for (Path folder : folders) {
        samples.add(FileSample.of(folder, MAX_FILES, MAX_BYTES));
      }
      for (FileSample sample : samples) {
        if (!sample.files().isEmpty()) {
          made.add(group.submit(() -> maker.make(sample)));
        }
      }
      group.join();
    }
    return made.stream().map(Future::resultNow).toList();
  }

  private static Descriptor put(ImageSink sink, byte[] bytes) throws IOException {
    Descriptor blob = Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(bytes), bytes.length);
    sink.putBlob(
        blob,
        offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset),
        null);
    return blob;
  }

  private static String config(List<LayerMaker.Made> layers) {
    Platform host = Platform.host();
    String diffIds =
        layers.stream()
            .map(layer -> '"' + layer.diffId().toString() + '"')
            .collect(Collectors.joining(","));
    return """
    {"architecture":"%s","os":"%s","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}\
    """
        .formatted(host.architecture(), host.os(), diffIds);
  }
}
