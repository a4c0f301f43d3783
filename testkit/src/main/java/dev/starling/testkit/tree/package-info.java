/**
 * Comparing unpacked file systems: the oracle for "the image still holds the same files".
 *
 * <p>The listing is made by a program of its own and not with the code under test; it names
 * everything that an image can say about a file.
 */
package dev.starling.testkit.tree;
