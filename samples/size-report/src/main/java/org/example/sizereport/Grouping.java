package org.example.sizereport;

/** What files are grouped by. */
public enum Grouping {
  FOLDER,
  EXTENSION,
  LAYER
}
