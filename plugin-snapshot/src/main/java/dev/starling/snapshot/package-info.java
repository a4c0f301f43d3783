/**
 * The commands that make images available before they are downloaded. None of them mounts anything
 * itself: they call the daemon, which is started when one of them needs it and runs the command
 * {@code snapshotter} of this package. A new command is one class, and a line in {@link
 * dev.starling.snapshot.SnapshotCommands}.
 */
package dev.starling.snapshot;
