/**
 * Runs an image, learns which files it reads and puts those first.
 *
 * <p>Still empty: optimizing fills it.
 */
module dev.starling.optimize {
  requires dev.starling.api;
  requires dev.starling.convert;
  requires dev.starling.snapshot;
}
