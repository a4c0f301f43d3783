package dev.starling.convert;

import dev.starling.api.image.Digest;
import dev.starling.api.job.Log;

/** Is told what becomes of layers, as it happens. Thread-safe and quick. */
public interface LayerListener {

  /**
   * A layer had the wanted form already and no listed file in it.
   *
   * @param layer the digest of its blob
   */
  void kept(Digest layer);

  /**
   * A layer was converted.
   *
   * @param layer the digest of the source's blob
   * @param result the digest of the result's
   */
  void converted(Digest layer, Digest result);

  /** Logs the layers that are kept. */
  static LayerListener logging(Log log) {
    return new LayerListener() {
      @Override
      public void kept(Digest layer) {
        log.info("copying without conversion digest=\"" + layer + "\"");
      }

      @Override
      public void converted(Digest layer, Digest result) {}
    };
  }
}
