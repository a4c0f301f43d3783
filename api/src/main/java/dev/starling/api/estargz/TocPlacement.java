package dev.starling.api.estargz;

/** Where an eStargz layer keeps its TOC, and with it what the layer decompresses to. */
public enum TocPlacement {

  /** Inside the layer, as the last entry of its tar. */
  INSIDE,

  /**
   * In a blob of its own, so that the layer is smaller; readers find that blob in the image's
   * {@link TocImage}.
   */
  EXTERNAL,

  /**
   * In a blob of its own, and the layer decompresses to the source's bytes, every one of them: its
   * diff ID stays, and with it the image's config. There is no landmark, and nothing can be
   * prioritized.
   */
  EXTERNAL_LOSSLESS;

  /** Whether the TOC is a blob of its own. */
  public boolean isExternal() {
    return this != INSIDE;
  }
}
