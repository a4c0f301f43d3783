/**
 * Reads the tar streams that layers are made of, as strictly as the field's readers do and without
 * losing a byte: an entry keeps its raw header blocks, and a name that is not UTF-8 keeps its bytes
 * ({@link dev.starling.api.tar.TarText}).
 *
 * <p>{@link dev.starling.api.tar.TarReader} reads a stream once; {@link
 * dev.starling.api.tar.TarIndex} keeps it in a file and returns to any entry. {@link
 * dev.starling.api.tar.Decompression} finds out how a layer is compressed: a new algorithm is added
 * there. Everything read is bounded, because layers come from strangers.
 */
package dev.starling.api.tar;
