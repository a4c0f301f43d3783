/**
 * The process that owns all mounts of one data directory. Commands come and go and call it through
 * {@link dev.starling.snapshot.control}; what they may call and what is answered are the records of
 * {@link dev.starling.snapshot.daemon.Calls}.
 *
 * <p>What is mounted stands in one state file, written before a call is answered. A daemon that
 * starts takes it up: it clears away what a dead one left mounted and mounts it anew. Below the
 * data directory:
 *
 * <pre>
 *   snapshots/lock          held while a daemon lives; names its process
 *   snapshots/daemon.json   what is to be mounted
 *   snapshots/daemon.log    what the daemon had to say
 *   snapshots/N/fs          a layer, mounted
 *   snapshots/N/state.json  how much of it is fetched
 *   mounts/ID/              lower, upper and work folder of a writable mount
 * </pre>
 *
 * <p>A new call is a record in {@code Calls}, a method of {@code Daemon} and a line in {@code
 * DaemonService}.
 */
package dev.starling.snapshot.daemon;
