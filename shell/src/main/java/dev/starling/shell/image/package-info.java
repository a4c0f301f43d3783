/**
 * The built-in commands about images: pull, push, ls, rm, tag, inspect, manifest, config, blob,
 * toc, check and {@code registry serve}. Each is one small class that parses its options and calls
 * the api, and one record that says what was done; everything reusable is in {@code
 * dev.starling.api}.
 *
 * <p>A name without a scheme is looked up in the local image store first, then in its registry
 * ({@link dev.starling.shell.image.ImageLookup}). To add a command, write the two and list it in
 * {@link dev.starling.shell.image.ImageCommands}.
 */
package dev.starling.shell.image;
