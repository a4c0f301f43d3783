package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} found. Exit code 1 if there is a problem.
 *
 * @param image the image's name
 * @param place where it was checked, for people
 * @param digest the digest of its manifest or index
 * @param parts what was checked, in the image's order
 */
public record CheckResult(String image, String place, Digest digest, List<Part> parts)
    implements CommandResult {

  public CheckResult {
    parts = List.copyOf(parts);
  }

  /**
   * A manifest, config or layer.
   *
   * @param platform the platform of the image that it belongs to, or null
   * @param name for example {@code layer 2 of 5}
   * @param digest its digest
   * @param size its length in bytes
   * @param kind what kind of layer it is, or null if it is none
   * @param problems what is wrong with it, one line each
   */
  public record Part(
      @Nullable Platform platform,
      String name,
      Digest digest,
      long size,
      @Nullable LayerKind kind,
      List<String> problems) {
    public Part {
      problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong with it. */
    public boolean sound() {
      return problems.isEmpty();
    }
  }

  /** Whether nothing is wrong with the image. */
  public boolean sound() {
    return parts.stream().allMatch(Part::sound);
  }

  @Override
  public int exitCode() {
    return sound() ? 0 : 1;
  }

  @Override
  public void writeText(PrintWriter out) {
    Columns columns = new Columns();
    for (Part part : parts) {
      LayerKind kind = part.kind();
      columns.row(
          part.sound() ? "ok" : "BAD",
          Objects.requireNonNullElse(part.platform(), "-"),
          part.name(),
          part.digest(),
          new ByteCount(part.size()),
          kind == null ? "" : kind.label());
    }
    columns.writeTo(out);
    for (Part part : parts) {
      part.problems().forEach(problem -> out.println(part.name() + ": " + problem));
    }
    long bad = parts.stream().filter(part -> !part.sound()).count();
    out.println(
        sound()
            ? "%s in %s is sound: %d digests, every TOC and every chunk hold"
                .formatted(image, place, parts.size())
            : "%s in %s is damaged: %d of %d parts; pull or convert it again"
                .formatted(image, place, bad, parts.size()));
  }
}
