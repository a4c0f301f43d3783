package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The images of the local image store.
 *
 * @param images sorted by name
 * @param namesOnly whether the text form is only the names
 */
public record LsResult(List<Entry> images, boolean namesOnly) implements CommandResult {

  public LsResult {
    images = List.copyOf(images);
  }

  /**
   * An image.
   *
   * @param name its full name
   * @param mediaType the type of its manifest or index
   * @param digest the digest of that
   * @param size the length in bytes of all its blobs in the store
   * @param platforms the platforms in the store; empty if it names none
   * @param lazy whether all its layers can be read lazily
   */
  public record Entry(
      String name,
      MediaType mediaType,
      Digest digest,
      long size,
      List<Platform> platforms,
      boolean lazy) {
    public Entry {
      platforms = List.copyOf(platforms);
    }
  }

  /** Lets closures and loops go through the images. */
  public Iterator<Entry> iterator() {
    return images.iterator();
  }

  @Override
  public void writeText(PrintWriter out) {
    if (namesOnly) {
      images.forEach(image -> out.println(image.name()));
      return;
    }
    Columns columns = new Columns().row("REF", "TYPE", "DIGEST", "SIZE", "PLATFORMS", "LAZY");
    for (Entry image : images) {
      columns.row(
          image.name(),
          image.mediaType(),
          image.digest(),
          new ByteCount(image.size()),
          image.platforms().isEmpty()
              ? "-"
              : image.platforms().stream().map(Platform::toString).collect(Collectors.joining(",")),
          image.lazy() ? "yes" : "no");
    }
    columns.writeTo(out);
  }
}
