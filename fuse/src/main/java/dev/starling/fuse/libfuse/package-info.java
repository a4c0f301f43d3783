/**
 * The server over libfuse 2, bound by jnr-fuse: which asks for files by path.
 *
 * <p>What is particular to it stays here: paths are turned into nodes by {@link
 * dev.starling.fuse.libfuse.PathResolver}, calls into answers by {@link
 * dev.starling.fuse.libfuse.Callbacks}, and {@link dev.starling.fuse.libfuse.Session} is one mount
 * from the first to the last request.
 */
package dev.starling.fuse.libfuse;
