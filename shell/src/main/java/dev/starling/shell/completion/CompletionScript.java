package dev.starling.shell.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes the script that a shell reads to complete Starling's command line. */
public enum CompletionScript {
  BASH("'\\''", "\\"),
  ZSH("'\\''", "\\"),
  FISH("\\'", "\\\\");

  private final String quote;
  private final String backslash;

  CompletionScript(String quote, String backslash) {
    this.quote = quote;
    this.backslash = backslash;
  }

  /**
   * The script.
   *
   * @param table as {@link CompletionTable} writes it
   */
  public String text(String table) {
    return resource("starling." + name().toLowerCase(Locale.ROOT))
        .replace("@AWK@", quoted(resource("complete.awk").strip()))
        .replace("@TABLE@", quoted(table.strip()));
  }

  /** What stands between single quotes in this shell. */
  private String quoted(String text) {
    return text.replace("\\", backslash).replace("'", quote);
  }

  private static String resource(String name) {
    try (InputStream in = CompletionScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
