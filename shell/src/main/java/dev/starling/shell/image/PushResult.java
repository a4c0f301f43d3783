package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code push} did.
 *
 * @param source the image that was pushed
 * @param target where it is now
 * @param place what kind of place that is, for people
 * @param digest the digest of its manifest or index there
 * @param mediaType the type of that
 * @param narrowed whether the index lists fewer images than the source's, so that its digest is new
 * @param blobs the layers and configs
 * @param tocImage the TOC image that went along, or null if there is none
 * @param nextStep a command that would be the next
 */
public record PushResult(
    String source,
    String target,
    String place,
    Digest digest,
    MediaType mediaType,
    boolean narrowed,
    List<Transfer> blobs,
    @Nullable TocCompanion tocImage,
    String nextStep)
    implements CommandResult {

  public PushResult {
    blobs = List.copyOf(blobs);
  }

  @Override
  public void writeText(PrintWriter out) {
    blobs.forEach(blob -> out.println(blob.line()));
    out.println("digest: " + digest);
    if (tocImage != null) {
      out.println("TOC image " + tocImage.target() + ": " + Transfer.summary(tocImage.blobs()));
    }
    out.println(target + " is in " + place + "; next: " + nextStep);
  }
}
