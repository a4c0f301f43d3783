package dev.starling.shell.help;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The pages that {@code --help} prints about the commands of an installation, in a folder that the
 * launcher keeps with its AOT cache and has filled anew when the program changes. To make a page
 * takes longer than all else that such a line does. Immutable.
 *
 * @param folder need not exist
 */
public record KeptPages(Path folder) {

  private static final Set<String> HELP = Set.of("-h", "--help");
  private static final Pattern NAME =
      Pattern.compile("[a-z][a-z0-9-]{0,60}( [a-z][a-z0-9-]{0,60})?");

  /**
   * The page that a line asks for.
   *
   * @param words the line, without {@code starling}
   * @return null if it asks for something else, or the page was not kept
   */
  public @Nullable String find(List<String> words) {
    if (words.isEmpty() || !HELP.contains(words.getLast())) {
      return null;
    }
    String name = String.join(" ", words.subList(0, words.size() - 1));
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Writes the pages of all commands, groups left out, under all their names: all or none, since a
   * page that a full disk cut short would be shown for good.
   *
   * @param root the program's commands without any that a user has installed
   * @throws IOException if one cannot be written
   */
  public void keep(CommandLine root) throws IOException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Files.createDirectories(unfinished);
    new KeptPages(unfinished).write(root, "");
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(CommandLine group, String path) throws IOException {
    for (Map.Entry<String, CommandLine> each : group.getSubcommands().entrySet()) {
      String name = path + each.getKey();
      if (!each.getValue().getSubcommands().isEmpty()) {
        write(each.getValue(), name + " ");
      } else if (NAME.matcher(name).matches()) {
        Files.writeString(file(name), HelpTexts.of(each.getValue()));
      }
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".txt");
  }
}
