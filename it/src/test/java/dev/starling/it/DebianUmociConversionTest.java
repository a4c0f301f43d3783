package dev.starling.it;

/** Layers as umoci writes layers: without entries for unchanged parent directories. */
class DebianUmociConversionTest extends DebianConversionContract {
  DebianUmociConversionTest() {
    super("org");
  }
}
