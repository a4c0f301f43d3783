package dev.starling.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher script tells the program by system properties, since a shell script finds it
 * out in no time.
 *
 * @param home the installation, with {@code plugins/} in it, or null if there is none
 * @param inIsTerminal whether standard input is a terminal ({@code starling.tty} has an i)
 * @param outIsTerminal whether standard output is one (an o)
 * @param errIsTerminal whether standard error is one (an e)
 * @param charset how text is written
 * @param pages where the pages of help about the installation's commands are kept, or null
 * @param training lines to run for the AOT cache, parted by semicolons, or null
 */
record Launch(
    @Nullable Path home,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Charset charset,
    @Nullable Path pages,
    @Nullable String training) {

  static Launch fromProperties() {
    String home = System.getProperty("starling.home");
    String tty = System.getProperty("starling.tty", "");
    String pages = System.getProperty("starling.pages");
    return new Launch(
        home == null ? null : Path.of(home),
        tty.contains("i"),
        tty.contains("o"),
        tty.contains("e"),
        charset(System.getProperty("native.encoding")),
        pages == null ? null : Path.of(pages),
        System.getProperty("starling.training"));
  }

  /**
   * The words that start this program anew; empty if it was not started by the launcher, and in a
   * training, which must leave no process behind.
   */
  List<String> program() {
    return home == null || training != null
        ? List.of()
        : List.of(home.resolve("starling").toString());
  }

  /** Whether a person sits there: the line may be empty then. */
  boolean interactive() {
    return inIsTerminal && outIsTerminal;
  }

  /** Whether the shell asks for lines; in a training it does, so that what it takes is known. */
  boolean prompt() {
    return inIsTerminal || training != null;
  }

  /** Under the C locale names of files and labels still come out as they are. */
  private static Charset charset(@Nullable String nativeEncoding) {
    return nativeEncoding == null || nativeEncoding.startsWith("ANSI_X3.4")
        ? StandardCharsets.UTF_8
        : Charset.forName(nativeEncoding, StandardCharsets.UTF_8);
  }
}
