/**
 * Small images whose every byte the test has chosen. {@link dev.starling.testkit.image.TarBuilder}
 * writes layers, {@link dev.starling.testkit.image.ImageBuilder} puts them together and into any
 * sink. To build a new kind of broken image, hand {@code ImageBuilder} a layer's bytes.
 */
package dev.starling.testkit.image;
