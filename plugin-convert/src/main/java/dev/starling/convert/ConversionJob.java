package dev.starling.convert;

import dev.starling.api.command.CommandContext;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.estargz.Codec;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as a command makes it: from one name to another, by way of the work folder. For
 * every command that ends in one. Used by one thread.
 */
public final class ConversionJob implements Closeable {

  /**
   * The image and the name of the result, as they were given.
   *
   * @param source the image
   * @param target the name of the result
   */
  public record Names(String source, String target) {}

  /**
   * Where a target without a scheme goes; neither means the local store.
   *
   * @param push whether it is pushed to its registry
   * @param store whether it is kept in the local store
   */
  public record Bare(boolean push, boolean store) {}

  private final CommandContext context;
  private final Names names;
  private final Bare bare;
  private final Reference from;
  private final Reference to;
  private final @Nullable Reference tocName;
  private final Destinations destinations;
  private final WorkFolder work;

  private ConversionJob(
      CommandContext context,
      Names names,
      Bare bare,
      @Nullable Reference tocName,
      Destinations destinations,
      WorkFolder work)
      throws IOException {
    this.context = context;
    this.names = names;
    this.bare = bare;
    this.from = Reference.parse(names.source());
    this.to = Reference.parse(names.target());
    this.tocName = tocName;
    this.destinations = destinations;
    this.work = work;
  }

  /**
   * Opens the places that the result goes to.
   *
   * @param layers what layers become, or null to keep them
   * @throws IOException if a name is malformed or a place cannot be written
   */
  public static ConversionJob open(
      CommandContext context,
      Names names,
      Transports.Http http,
      Bare bare,
      @Nullable LayerConversion layers)
      throws IOException {
    Reference from = Reference.parse(names.source());
    Reference to = Reference.parse(names.target());
    Reference tocName =
        layers != null && layers.makesExternalTocs()
            ? TocImageWriter.nameFor(names.target(), to)
            : null;
    Destinations destinations = Destinations.open(context.transports(), from, to, http, bare);
    WorkFolder work = null;
    try {
      work = WorkFolder.open(context.directories().work(), Clock.systemUTC());
      return new ConversionJob(context, names, bare, tocName, destinations, work);
    } catch (IOException | RuntimeException e) {
      try (destinations;
          WorkFolder _ = work) {
        throw e;
      }
    }
  }

  /** Where blobs on the way live. */
  public WorkFolder work() {
    return work;
  }

  /**
   * Converts the image. What it took from the work folder is removed when it succeeds.
   *
   * @param images the repository that the source names
   * @throws IOException if the image cannot be read, converted or written
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   */
  public ConvertResult run(ImageSource images, ConversionRequest request, LayerListener listener)
      throws IOException {
    ImageConverter converter =
        new ImageConverter(
            images,
            destinations.list(),
            work,
            context.progress(),
            context.log(),
            context.cancellation());
    ImageConverter.Outcome outcome = converter.convert(from.selector(), request, listener);
    work.succeeded();
    return result(outcome, codec(request.conversion()));
  }

  static String codec(@Nullable LayerConversion layers) {
    return layers == null ? Codec.best().displayName() : layers.codec();
  }

  private ConvertResult result(ImageConverter.Outcome outcome, String codec) {
    RawManifest tocImage = outcome.tocImage();
    List<String> written = destinations.list().stream().map(Destination::where).toList();
    return new ConvertResult(
        names.source(),
        names.target(),
        outcome.root().digest(),
        outcome.root().mediaType(),
        outcome.images(),
        codec,
        written,
        outcome.unmatched().size(),
        tocImage == null || tocName == null
            ? null
            : new ConvertResult.TocImageName(tocName.toString(), tocImage.digest()),
        null,
        nextStep());
  }

  private String nextStep() {
    boolean inStoreOnly = to instanceof RegistryReference && !to.hasScheme() && !bare.push();
    return inStoreOnly ? "starling push " + names.target() : "starling check " + names.target();
  }

  @Override
  public void close() throws IOException {
    try (destinations;
        work) {
      // both are closed, whatever the other one throws
    }
  }
}
