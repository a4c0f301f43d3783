package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A blob that was printed or written to a file, verified.
 *
 * @param digest its digest
 * @param size its length in bytes
 * @param file where it was written, or null
 */
public record BlobResult(Digest digest, long size, @Nullable Path file) implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    if (file != null) {
      out.println(digest + " (" + new ByteCount(size) + ") is in " + file);
    }
  }
}
