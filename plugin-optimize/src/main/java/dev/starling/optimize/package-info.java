/**
 * The commands that run images, and their results. A new command is a class with picocli's
 * annotations, an entry in {@code OptimizeCommands}, and its name in plugin.properties.
 */
package dev.starling.optimize;
