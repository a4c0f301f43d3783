package dev.starling.shell.image;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import java.util.List;
import java.util.Set;

/** The built-in commands about images. */
public final class ImageCommands {

  /** The words that may begin a line that names one of them. */
  public static final Set<String> WORDS =
      Set.of(
          "blob",
          "check",
          "config",
          "del",
          "delete",
          "i",
          "image",
          "images",
          "inspect",
          "list",
          "ls",
          "manifest",
          "pull",
          "push",
          "registry",
          "remove",
          "rm",
          "tag",
          "tags",
          "toc");

  private ImageCommands() {}

  /** Their definitions. */
  public static List<CommandDefinition<?>> all() {
    return List.of(
        new CommandDefinition<>(PullResult.class, PullCommand.class, PullCommand::new),
        new CommandDefinition<>(PushResult.class, PushCommand.class, PushCommand::new),
        new CommandDefinition<>(LsResult.class, LsCommand.class, LsCommand::new),
        new CommandDefinition<>(RmResult.class, RmCommand.class, RmCommand::new),
        new CommandDefinition<>(TagResult.class, TagCommand.class, TagCommand::new),
        new CommandDefinition<>(TagsResult.class, TagsCommand.class, TagsCommand::new),
        new CommandDefinition<>(InspectResult.class, InspectCommand.class, InspectCommand::new),
        new CommandDefinition<>(ContentResult.class, ManifestCommand.class, ManifestCommand::new),
        new CommandDefinition<>(ContentResult.class, ConfigCommand.class, ConfigCommand::new),
        new CommandDefinition<>(BlobResult.class, BlobCommand.class, BlobCommand::new),
        new CommandDefinition<>(TocResult.class, TocCommand.class, TocCommand::new),
        new CommandDefinition<>(CheckResult.class, CheckCommand.class, CheckCommand::new),
        new CommandDefinition<>(
            ServeResult.class, ServeCommand.class, ServeCommand::new, Placement.in("registry")));
  }
}
