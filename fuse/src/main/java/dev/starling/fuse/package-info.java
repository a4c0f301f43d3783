/**
 * Serves a read-only tree of files to the kernel.
 *
 * <p>Whoever has files to show implements {@link dev.starling.fuse.ReadOnlyFileSystem}, mounts it
 * with {@link dev.starling.fuse.FuseServer#mount} and holds on to the {@link
 * dev.starling.fuse.Mount}. {@link dev.starling.fuse.MountTable} and {@link
 * dev.starling.fuse.MountPoints} are for finding and clearing away what a process that died left
 * mounted. The interface is this narrow so that another server, one that speaks the kernel's
 * protocol itself, can take the place of libfuse: it has to pass {@code FuseTreeContract} and
 * {@code FuseContentContract} in this module's tests.
 */
package dev.starling.fuse;
