package dev.starling.shell;

/** Starling's version. */
public final class Version {

  /** As in the parent pom; a test holds the two together. */
  public static final String CURRENT = "0.1.0";

  private Version() {}
}
