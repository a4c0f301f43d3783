package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pull} did.
 *
 * @param image the name under which the local image store has it
 * @param digest the digest of its manifest or index, as the registry has it
 * @param mediaType the type of that
 * @param platforms the platforms that were fetched; empty if the image names none
 * @param blobs the layers and configs
 * @param tocImage the TOC image that came along, or null if there is none
 * @param nextStep a command that would be the next
 */
public record PullResult(
    String image,
    Digest digest,
    MediaType mediaType,
    List<Platform> platforms,
    List<Transfer> blobs,
    @Nullable TocCompanion tocImage,
    String nextStep)
    implements CommandResult {

  public PullResult {
    platforms = List.copyOf(platforms);
    blobs = List.copyOf(blobs);
  }

  @Override
  public void writeText(PrintWriter out) {
    out.println("digest: " + digest);
    if (!platforms.isEmpty()) {
      out.println(
          "platforms: "
              + platforms.stream().map(Platform::toString).collect(Collectors.joining(", ")));
    }
    out.println(Transfer.summary(blobs));
    if (tocImage != null) {
      out.println("TOC image " + tocImage.target() + ": " + Transfer.summary(tocImage.blobs()));
    }
    out.println(image + " is in " + ImageLookup.STORE + "; next: " + nextStep);
  }
}
