package dev.starling.shell.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is worth a page of its own, apart from any command. Its text lies among the resources. */
public enum Topic {
  START("the first steps, from nothing to a container that starts before it is downloaded"),
  NAMES("how images, registries and layouts are named, and where a name is looked up"),
  LAZY("lazy pulling: what it is, which images can be, the daemon, the cache"),
  PREFETCH("which files are fetched first, and how to say so"),
  STORAGE("where Starling keeps images, mounts, the cache, history and aliases"),
  SETTINGS("the settings' file, environment variables, and how to log in"),
  PROMPT("the interactive shell: lines, pipes, variables, background jobs, keys"),
  SCRIPTS("Groovy scripts: every command as a method, many at once, scripts that are there"),
  PLUGINS("what a plugin brings, where plugins lie, and how to write one"),
  OUTPUT("text, JSON, progress and messages: what goes where"),
  EXIT_CODES("what a command ends with"),
  TROUBLE("what to do when something fails");

  private final String summary;

  Topic(String summary) {
    this.summary = summary;
  }

  /** The word that asks for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line, as the list of topics shows it. */
  public String summary() {
    return summary;
  }

  /** The topic of that word. */
  public static Optional<Topic> of(String word) {
    return Arrays.stream(values()).filter(topic -> topic.word().equals(word)).findFirst();
  }

  /** The page, ended by a newline. */
  public String text() {
    String file = word() + ".txt";
    try (InputStream in = Topic.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its text " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
