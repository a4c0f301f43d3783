/**
 * Starling at its surface: the program of the top level runs as a process of its own against real
 * registries, containerd, skopeo and umoci, on real images.
 *
 * <p>A test here asserts exit codes, outputs and what is left on the disk. {@link
 * dev.starling.it.Lab} holds the peers, {@link dev.starling.it.Starling} runs the program.
 */
@NullMarked
package dev.starling.it;

import org.jspecify.annotations.NullMarked;
