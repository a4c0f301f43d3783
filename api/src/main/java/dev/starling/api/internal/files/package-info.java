/**
 * What several packages need of the file system beyond {@link java.nio.file.Files}: locks between
 * processes that also hold between threads, files that are replaced as a whole, and messages that
 * say what was wrong with a path. To add a helper here, make sure that two packages need it.
 */
package dev.starling.api.internal.files;
