package dev.starling.testkit.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program in a real terminal: a tmux server of its own with one pane. The program gets keys as a
 * person types them, and its screen is read as a person sees it. The screen stays when the program
 * has ended. For one thread.
 */
public final class Tmux implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 50;
  private static final String CONFIGURATION =
      """
      set -g default-terminal screen
      set -g remain-on-exit on
      set -g remain-on-exit-format ''
      set -g status off
      set -g history-limit 10000
      """;

  private final Server server;
  private final Path socket;

  private Tmux(Server server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /** {@link #start(Program, int, int)} in a terminal of 80 columns and 24 rows. */
  public static Tmux start(Program program) throws IOException, InterruptedException {
    return start(program, 80, 24);
  }

  /**
   * Starts a program in a terminal.
   *
   * @param program its limit is not looked at
   * @param columns the terminal's width
   * @param rows the terminal's height
   */
  public static Tmux start(Program program, int columns, int rows)
      throws IOException, InterruptedException {
    Requirement.programs("tmux");
    Path directory = Files.createTempDirectory("starling-tmux");
    Path configuration = Files.writeString(directory.resolve("tmux.conf"), CONFIGURATION);
    Path socket = directory.resolve("socket");
    // In the foreground, so that the server is a child that ends with this process's word.
    Program tmux =
        new Program(
            List.of("tmux", "-D", "-f", configuration.toString(), "-S", socket.toString()),
            program.environment(),
            program.directory(),
            LIMIT);
    Server server = Server.start(tmux, directory, () -> Files.exists(socket));
    Tmux started = new Tmux(server, socket);
    try {
      List<String> words = new ArrayList<>(List.of("new-session", "-d"));
      words.addAll(List.of("-x", Integer.toString(columns), "-y", Integer.toString(rows)));
      // The client's folder and variables are the pane's; by way of env no shell reads the words.
      words.addAll(List.of("-c", program.directory().toString(), "env"));
      program.environment().forEach((name, value) -> words.add(name + "=" + value));
      words.addAll(program.command());
      started.tmux(words);
      return started;
    } catch (IOException | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  /** Types text, as it is. */
  public void type(String text) throws IOException, InterruptedException {
    tmux(List.of("send-keys", "-l", "--", text));
  }

  /** Types text and Enter. */
  public void line(String text) throws IOException, InterruptedException {
    type(text);
    press("Enter");
  }

  /** Presses keys by tmux's names for them: {@code Enter}, {@code Tab}, {@code C-c}, {@code Up}. */
  public void press(String... keys) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words);
  }

  /** Makes the terminal another size; the program is told as a person's terminal tells it. */
  public void resize(int columns, int rows) throws IOException, InterruptedException {
    tmux(List.of("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
  }

  /** What the screen shows now, one line a row, without blanks at their ends. */
  public String screen() throws IOException, InterruptedException {
    return tmux(List.of("capture-pane", "-p"));
  }

  /** The screen and what has scrolled off it; wrapped lines are joined. */
  public String history() throws IOException, InterruptedException {
    return tmux(List.of("capture-pane", "-p", "-J", "-S", "-"));
  }

  /**
   * Waits until the screen shows a text.
   *
   * @return the screen
   * @throws IOException if it does not within a minute, with what it shows instead
   */
  public String await(String text) throws IOException, InterruptedException {
    return await("\"" + text + "\"", screen -> screen.contains(text));
  }

  /**
   * Waits until the screen is as it should be.
   *
   * @param what is awaited, for the message
   * @return the screen
   * @throws IOException if it is not within a minute, with what it shows instead
   */
  public String await(String what, Predicate<String> wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String screen = screen();
    while (!wanted.test(screen)) {
      if (System.nanoTime() > end) {
        throw new IOException(what + " did not appear on the screen, but:\n" + screen);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      screen = screen();
    }
    return screen;
  }

  /**
   * Waits until the program has ended.
   *
   * @return its exit code; 128 + n when signal n ended it
   * @throws IOException if it does not within a minute, with what the screen shows
   */
  public int awaitEnd() throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      // The terminal is at its end a moment before the exit code is known.
      String[] ended = ask("#{pane_dead}/#{pane_dead_status}/#{pane_dead_signal}").split("/", -1);
      if (ended[0].equals("1") && !ended[2].isEmpty()) {
        return 128 + Integer.parseInt(ended[2]);
      }
      if (ended[0].equals("1") && !ended[1].isEmpty()) {
        return Integer.parseInt(ended[1]);
      }
      if (ended[0].equals("1")) {
        // tmux 3.3 may overlook a child's end; it looks at all of them when another one ends.
        tmux(List.of("run-shell", "true"));
      }
      if (System.nanoTime() > end) {
        throw new IOException("the program did not end; its screen:\n" + screen());
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** The program's process. */
  public long pid() throws IOException, InterruptedException {
    return Long.parseLong(ask("#{pane_pid}"));
  }

  private String ask(String format) throws IOException, InterruptedException {
    return tmux(List.of("display-message", "-p", format)).strip();
  }

  private String tmux(List<String> command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    words.addAll(command);
    return Program.of(words.toArray(String[]::new)).limit(LIMIT).check();
  }

  /** Ends the server and with it the program, which gets SIGHUP, as from a closed window. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
