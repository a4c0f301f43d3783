package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageStore;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The {@code rm} command. */
@Command(
    name = "rm",
    aliases = {"remove", "delete", "del"},
    description = "Remove images from the local image store.",
    footer = {
      "",
      "An image's TOC image (TAG-esgztoc) goes with it. Blobs that no other image needs are",
      "deleted. Registries are not touched.",
      "",
      "Example:",
      "  starling rm ghcr.io/acme/app:1.0",
      "",
      "See also: ls, cache prune, help storage"
    })
public final class RmCommand implements StarlingCommand<RmResult> {

  @Parameters(
      arity = "1..*",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The images to remove.")
  private List<String> images = new ArrayList<>();

  @Override
  public RmResult run(CommandContext context) throws IOException {
    ImageStore store = context.transports().store();
    Set<RegistryReference> references = new LinkedHashSet<>();
    for (String image : images) {
      RegistryReference reference = ImageNames.parseRegistry(image);
      references.add(reference);
      beside(store, reference).ifPresent(references::add);
    }
    List<String> removed = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    long freed = 0;
    for (RegistryReference reference : references) {
      if (store.find(reference).isPresent()) {
        freed += store.remove(reference);
        removed.add(reference.canonical());
      } else {
        missing.add(reference.canonical());
        context
            .log()
            .warn(
                "the local image store has no %s; see: starling ls"
                    .formatted(reference.canonical()));
      }
    }
    return new RmResult(removed, missing, freed);
  }

  /** The TOC image that came along with an image goes with it, too. */
  private static Optional<RegistryReference> beside(ImageStore store, RegistryReference image)
      throws IOException {
    String tag = TocImage.tagFor(image);
    if (tag == null) {
      return Optional.empty();
    }
    try {
      RegistryReference toc = image.withTag(tag);
      return store.find(toc).isPresent() ? Optional.of(toc) : Optional.empty();
    } catch (InvalidReferenceException e) {
      return Optional.empty(); // no name for one
    }
  }
}
