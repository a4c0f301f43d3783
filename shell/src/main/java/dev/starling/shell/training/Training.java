package dev.starling.shell.training;

import dev.starling.shell.help.KeptPages;
import dev.starling.shell.host.CommandHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what users often do, so that the AOT cache holds what it takes. For one thread. */
public final class Training {

  private static final String CLASS = ".class";
  private static final String IMAGE = "{image}";
  private static final long LIMIT_MILLIS = 20_000;
  private static final long POLL_MILLIS = 20;

  private final CommandHost host;
  private @Nullable TrainingImage image;
  private @Nullable Thread daemon;

  private Training(CommandHost host) {
    this.host = host;
  }

  /**
   * Runs lines of the shell, in which {@code {image}} stands for the training's image, and these:
   *
   * <ul>
   *   <li>{@code load MODULE} loads all classes of a module that the program was started with, for
   *       what the other lines do not reach;
   *   <li>{@code serve TAR} serves an image with this layer on a registry of this process;
   *   <li>{@code daemon LINE} runs a line beside those that follow, once it listens;
   *   <li>{@code pages} keeps the pages of help in the data directory, under {@code help-pages};
   *   <li>{@code read} reads whatever files lie in the data directory.
   * </ul>
   *
   * <p>What fails is left out: the cache then lacks it.
   *
   * @param lines parted by semicolons
   */
  public static void run(CommandHost host, String lines) {
    Training training = new Training(host);
    try {
      for (String line : lines.split(";", -1)) {
        training.run(List.of(line.split(" ", -1)));
      }
    } catch (IOException e) {
      host.problem("training: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      training.end();
    }
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    switch (words.getFirst()) {
      case "load" ->
          ModuleLayer.boot().configuration().findModule(words.getLast()).ifPresent(Training::load);
      case "serve" ->
          image =
              TrainingImage.serve(
                  Path.of(words.getLast()),
                  Files.createDirectories(
                      host.settings().directories().data().resolve("training")));
      case "daemon" -> startDaemon(words.subList(1, words.size()));
      case "pages" ->
          new KeptPages(host.settings().directories().data().resolve("help-pages"))
              .keep(host.commands().tree());
      case "read" -> read(host.settings().directories().data());
      default -> host.execute(words.stream().map(this::named).toList());
    }
  }

  private String named(String word) {
    return image == null ? word : word.replace(IMAGE, image.reference());
  }

  private void startDaemon(List<String> words) throws IOException, InterruptedException {
    Thread started = Thread.ofPlatform().start(() -> host.execute(words));
    daemon = started;
    Path folder = host.settings().directories().runtime();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
    while (!listens(folder)) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new IOException("'" + String.join(" ", words) + "' does not listen");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static boolean listens(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".sock"));
    }
  }

  /**
   * By another process: one that is killed while it waits for a mount of its own never ends, since
   * it keeps that open.
   */
  private static void read(Path folder) throws IOException, InterruptedException {
    new ProcessBuilder("find", folder.toString(), "-type", "f", "-exec", "cat", "{}", "+")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void end() {
    try (TrainingImage _ = image) {
      if (daemon != null) {
        daemon.join(LIMIT_MILLIS);
      }
    } catch (IOException e) {
      host.problem("training: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void load(ResolvedModule module) {
    try (ModuleReader reader = module.reference().open();
        Stream<String> names = reader.list()) {
      names
          .filter(name -> name.endsWith(CLASS) && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .forEach(name -> load(module.name(), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class that does not link, as one for another system, is none that the command will use. */
  private static void load(String module, String name) {
    try {
      ModuleLayer.boot().findModule(module).ifPresent(found -> Class.forName(found, name));
    } catch (LinkageError e) {
      // left out
    }
  }
}
