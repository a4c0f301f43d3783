package dev.starling.shell.session;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand for the beginning of a line, kept in a file with a line {@code NAME=TEXT} for
 * each. Thread-safe.
 */
public final class Aliases {

  private static final Pattern NAME = Pattern.compile("[\\w-]+");
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*([\\w-]+)(?=[\\s;|>&]|$)");

  private final Path file;
  private @Nullable SortedMap<String, String> read;

  /**
   * @param file made with the first alias; read when first asked for
   */
  public Aliases(Path file) {
    this.file = file;
  }

  /** All, by name. */
  public synchronized SortedMap<String, String> all() {
    return new TreeMap<>(known());
  }

  private SortedMap<String, String> known() {
    SortedMap<String, String> all = read;
    if (all == null) {
      all = new TreeMap<>();
      try {
        for (String line : Files.readAllLines(file)) {
          int equals = line.indexOf('=');
          if (equals > 0 && NAME.matcher(line.substring(0, equals).strip()).matches()) {
            all.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
          }
        }
      } catch (IOException e) {
        // there are none yet, or setting one will say what is wrong with the file
      }
      read = all;
    }
    return all;
  }

  /**
   * Sets an alias and keeps it.
   *
   * @throws CommandException if the name is no word
   */
  public synchronized void set(String name, String text) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          "an alias is a word of letters, digits, - and _, not '" + name + "'");
    }
    known().put(name, text.replaceAll("\\R", " ").strip());
    write();
  }

  /**
   * Forgets an alias.
   *
   * @throws CommandException if there is none
   */
  public synchronized void remove(String name) throws IOException {
    if (known().remove(name) == null) {
      throw new CommandException("there is no alias '" + name + "'; 'alias' lists them");
    }
    write();
  }

  private void write() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> alias : known().entrySet()) {
      lines.append(alias.getKey()).append('=').append(alias.getValue()).append('\n');
    }
    Files.writeString(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The line with its first word replaced by what it stands for, as often as that is an alias. */
  public synchronized String expand(String line) {
    Set<String> used = new HashSet<>();
    String text = line;
    while (true) {
      Matcher matcher = FIRST_WORD.matcher(text);
      if (!matcher.lookingAt() || !used.add(matcher.group(1))) {
        return text;
      }
      String meaning = known().get(matcher.group(1));
      if (meaning == null) {
        return text;
      }
      text = meaning + text.substring(matcher.end());
    }
  }
}
