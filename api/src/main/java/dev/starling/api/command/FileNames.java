package dev.starling.api.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Completes paths of files and directories. A parameter of type {@code Path} or {@code File} has it
 * without being told so.
 */
public final class FileNames implements ValueCompletion {

  private static final int MOST = 2_000;

  /** For picocli. */
  public FileNames() {}

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) throws IOException {
    String folder = scope(request.typed());
    boolean hidden = request.typed().startsWith(".", folder.length());
    String home = System.getProperty("user.home", "/");
    Path path = Path.of(folder.startsWith("~/") ? home + folder.substring(1) : folder);
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(path.toString().isEmpty() ? Path.of(".") : path)) {
      int count = 0;
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".") && !hidden) {
          continue;
        }
        boolean directory = Files.isDirectory(entry);
        found.accept(new Suggestion(folder + name + (directory ? "/" : ""), "", !directory));
        if (++count >= MOST) {
          return;
        }
      }
    }
  }

  /** The folder, with its slash, and whether hidden files are meant is a matter of the rest. */
  @Override
  public String scope(String typed) {
    return typed.substring(0, typed.lastIndexOf('/') + 1);
  }

  @Override
  public Duration freshFor() {
    return Duration.ZERO;
  }
}
