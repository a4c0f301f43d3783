package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.snapshot.daemon.Calls.Fetching;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a line for each thing that the daemon fetches, in the form of the field's own tool. */
final class FetchingLines implements Consumer<Fetching> {

  private static final int SHOWN = "sha256:".length() + 8;

  private final @Nullable OutputStream out;
  private final List<Fetching> seen = new ArrayList<>();

  FetchingLines(CommandContext context) {
    this.out = context.rawOutput();
  }

  @Override
  public void accept(Fetching fetching) {
    seen.add(fetching);
    if (out != null) {
      String digest = fetching.digest();
      String line =
          "fetching %s... %s%n"
              .formatted(
                  digest.substring(0, Math.min(SHOWN, digest.length())), fetching.mediaType());
      try {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  List<Fetching> seen() {
    return List.copyOf(seen);
  }
}
