package dev.starling.snapshot.cache;

/** The kinds of files that a cache holds. */
public enum CacheKind {
  /** A piece of some file's content. */
  CHUNK("chunks"),
  /** A layer's table of contents. */
  TOC("tocs"),
  /** A whole layer, inflated. */
  SPOOL("spools");

  private final String folder;

  CacheKind(String folder) {
    this.folder = folder;
  }

  /** The name of the folder for them. */
  String folder() {
    return folder;
  }
}
