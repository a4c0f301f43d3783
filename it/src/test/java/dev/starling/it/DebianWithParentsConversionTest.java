package dev.starling.it;

/** Layers with entries for all the parent directories. */
class DebianWithParentsConversionTest extends DebianConversionContract {
  DebianWithParentsConversionTest() {
    super("parents");
  }
}
