package dev.starling.api.estargz;

/** x */
final class Footer {
  static final int ESTARGZ_SIZE = 51;

  private Footer() {}
}
