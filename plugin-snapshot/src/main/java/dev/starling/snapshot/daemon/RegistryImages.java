package dev.starling.snapshot.daemon;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.layer.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Images of registries and layouts. Each layer has a source of its own, closed with it.
 *
 * @param transports open for as long as the daemon lives
 * @param opener opens a layer of a source
 */
public record RegistryImages(Transports transports, LayerOpener opener) implements Images {

  /** It goes through the socket as one line. */
  private static final int MAX_CONFIG = 4 << 20;

  /** Opens a layer. */
  @FunctionalInterface
  public interface LayerOpener {

    /**
     * Opens a layer and fetches what it needs first.
     *
     * @param source the image's repository; closed with the layer, or when this fails
     * @param reference the image's name there
     * @param layer its descriptor
     * @param access how to read it
     */
    Layer open(ImageSource source, Reference reference, Descriptor layer, Access access)
        throws IOException;
  }

  private ImageSource source(Reference reference, Access image) throws IOException {
    return transports
        .withLogins(image.logins())
        .source(reference, new Transports.Http(image.plainHttp(), true));
  }

  @Override
  public Resolved resolve(Access image, Consumer<Calls.Fetching> events) throws IOException {
    Reference reference = Reference.parse(image.reference());
    try (ImageSource source = source(reference, image)) {
      RawManifest root = source.manifest(reference.selector());
      tell(events, root.descriptor());
      RawManifest manifest = root;
      if (root.isIndex()) {
        Descriptor entry = choose(Index.parse(root), image);
        manifest = source.manifest(entry.digest().toString());
        tell(events, manifest.descriptor());
      }
      Manifest parsed = Manifest.parse(manifest);
      tell(events, parsed.config());
      return new Resolved(
          root.digest().toString(),
          manifest.digest().toString(),
          parsed.config(),
          parsed.layers().stream().filter(layer -> layer.mediaType().isLayer()).toList());
    }
  }

  @Override
  public String config(Access image, Descriptor config) throws IOException {
    if (config.size() > MAX_CONFIG) {
      throw new CommandException(
          "the image's configuration has %d bytes; expected at most %d"
              .formatted(config.size(), MAX_CONFIG));
    }
    try (ImageSource source = source(Reference.parse(image.reference()), image);
        InputStream in = source.openBlob(config)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void tell(Consumer<Calls.Fetching> events, Descriptor descriptor) {
    events.accept(
        new Calls.Fetching(descriptor.digest().toString(), descriptor.mediaType().toString()));
  }

  private static Descriptor choose(Index index, Access image) throws CommandException {
    Platform wanted =
        image.platform().isEmpty() ? Platform.host() : Platform.parse(image.platform());
    PlatformSelection selection = PlatformSelection.of(List.of(wanted));
    return index.manifests().stream()
        .filter(entry -> entry.mediaType().isManifest() && selection.accepts(entry))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                "%s has no image for %s; choose one with --platform"
                    .formatted(image.reference(), wanted)));
  }

  @Override
  public Layer open(Access image, Descriptor layer) throws IOException {
    Reference reference = Reference.parse(image.reference());
    try {
      return opener.open(source(reference, image), reference, layer, image);
    } catch (IOException e) {
      throw new IOException("layer " + layer.digest() + ": " + e.getMessage(), e);
    }
  }
}
