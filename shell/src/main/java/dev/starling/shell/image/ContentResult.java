package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * A manifest or config. On the command line its bytes are printed as they are; the record carries
 * them as text.
 *
 * @param digest the digest of the bytes
 * @param mediaType their type
 * @param size their number
 * @param content the bytes as UTF-8, which JSON is
 */
public record ContentResult(Digest digest, MediaType mediaType, long size, String content)
    implements CommandResult {

  /** Writes the bytes to where raw output goes, if it is wanted, and makes the record. */
  static ContentResult of(CommandContext context, MediaType type, byte[] bytes) throws IOException {
    OutputStream raw = context.rawOutput();
    if (raw != null) {
      raw.write(bytes);
    }
    return new ContentResult(
        Digest.sha256(bytes), type, bytes.length, new String(bytes, StandardCharsets.UTF_8));
  }

  /** Nothing: the bytes were printed as they are. */
  @Override
  public void writeText(PrintWriter out) {}
}
