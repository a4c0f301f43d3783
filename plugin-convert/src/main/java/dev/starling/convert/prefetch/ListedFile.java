package dev.starling.convert.prefetch;

import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import org.jspecify.annotations.Nullable;

/**
 * A file, or several by one pattern, that shall be laid in front.
 *
 * @param text the path or pattern, as it was given
 * @param kind how the text is meant
 * @param platform what it was made on, or null if only the manifest, or nothing, is known
 * @param manifest the manifest whose platform it was made on, or null
 * @param sparse whether it shall lie right behind those in front, since little of it is needed
 */
public record ListedFile(
    String text,
    Kind kind,
    @Nullable Platform platform,
    @Nullable Digest manifest,
    boolean sparse) {

  /** More files than anyone lists, in all lists together. */
  public static final int MAX_FILES = 200_000;

  /** How a text is meant. */
  public enum Kind {
    /** One path, exactly: a tracer records a link and what it leads to, each by itself. */
    RECORDED,
    /** One path; if it is a symbolic link, what it leads to as well. */
    PATH,
    /** A pattern of {@link PathPattern}. */
    PATTERN
  }

  /** A file that was recorded. */
  public static ListedFile recorded(AccessRecord access) {
    return new ListedFile(
        access.path(), Kind.RECORDED, null, access.manifestDigest(), access.sparse());
  }

  /** The same as made on that platform. */
  public ListedFile on(Platform made) {
    return new ListedFile(text, kind, made, null, sparse);
  }
}
