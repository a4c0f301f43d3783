/**
 * A layer's files, wherever their bytes are: the model that every face of a mounted image is
 * written against. It knows nothing of FUSE, of registries or of the cache.
 *
 * <p>A {@link dev.starling.snapshot.layer.Layer} has a {@link
 * dev.starling.snapshot.layer.LayerTree} of {@link dev.starling.snapshot.layer.Node}s and reads
 * their content. The tree is what the layer says, but for the entries that a conversion added
 * (landmarks, the TOC), which are left out: whiteouts are still files whose names begin with {@code
 * .wh.}, and it is a face's job to make of them what its reader understands. Trees are kept in
 * columns of primitives, some 120 bytes a file; a {@code Node} is only a handle, cheap to make and
 * to forget.
 *
 * <p>A new kind of layer is a new implementation of {@code Layer} and whatever feeds a {@link
 * dev.starling.snapshot.layer.LayerTreeBuilder}.
 */
package dev.starling.snapshot.layer;
