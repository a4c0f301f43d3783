package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageStore;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
      "Blobs that no other image needs are deleted. Registries are not touched.",
      "",
      "Example:",
      "  starling rm ghcr.io/acme/app:1.0"
    })
public final class RmCommand implements StarlingCommand<RmResult> {

  @Parameters(arity = "1..*", paramLabel = "REF", description = "The images to remove.")
  private List<String> images = new ArrayList<>();

  @Override
  public RmResult run(CommandContext context) throws IOException {
    ImageStore store = context.transports().store();
    Set<RegistryReference> references = new LinkedHashSet<>();
    images.forEach(image -> references.add(ImageNames.parseRegistry(image)));
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
}
