/**
 * The images that tests and measurements use, made on this machine from Debian packages.
 *
 * <p>Real content finds what generated content hides: orphans without parent directories, hard
 * links across directories, file capabilities, tens of thousands of files. A new image is a new
 * case in {@code images.sh} and a method in {@link dev.starling.testkit.recipe.TestImages}.
 */
package dev.starling.testkit.recipe;
