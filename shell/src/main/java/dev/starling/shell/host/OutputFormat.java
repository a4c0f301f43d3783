package dev.starling.shell.host;

/** How a result is printed. */
public enum OutputFormat {
  /** For people. */
  TEXT,
  /** The result record as one JSON document. */
  JSON
}
