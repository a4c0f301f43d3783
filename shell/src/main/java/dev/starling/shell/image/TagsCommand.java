package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code tags} command. */
@Command(
    name = "tags",
    description = "List the tags of a repository in a registry, or of an OCI layout.",
    footer = {
      "",
      "A tag in REPOSITORY is ignored. TOC images (TAG-esgztoc) are left out without --all.",
      "",
      "Example:",
      "  starling tags ghcr.io/acme/app",
      "",
      "See also: inspect, pull, help names"
    })
public final class TagsCommand implements StarlingCommand<TagsResult> {

  @Parameters(
      index = "0",
      paramLabel = "REPOSITORY",
      completionCandidates = ImageReferences.class,
      description = "The repository.")
  private String repository = "";

  @Option(names = "--all", description = "List TOC images, too.")
  private boolean all;

  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public TagsResult run(CommandContext context) throws IOException {
    Reference reference = ImageNames.parse(repository);
    Transports.Http http = registry.bareIsHttp();
    try (ImageSource source = context.transports().source(reference, http)) {
      List<String> tags =
          source.tags().stream().filter(tag -> all || !tag.endsWith(TocImage.SUFFIX)).toList();
      return new TagsResult(repository, tags);
    }
  }
}
