package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;
import java.util.List;

/**
 * The tags of a repository.
 *
 * @param repository its name, without a tag
 * @param tags the tags, sorted
 */
public record TagsResult(String repository, List<String> tags) implements CommandResult {

  public TagsResult {
    tags = List.copyOf(tags);
  }

  @Override
  public void writeText(PrintWriter out) {
    tags.forEach(out::println);
  }
}
