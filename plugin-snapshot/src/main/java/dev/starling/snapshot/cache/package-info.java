/**
 * What was fetched of layers, kept on disk for all layers, images and processes of a user.
 *
 * <pre>
 * chunks/ab/abcd...   the bytes of a chunk, named by their SHA-256
 * tocs/abcd...        the TOC of a layer, named by the layer's digest
 * spools/abcd...      the inflated tar of a layer that cannot be read lazily, likewise
 * tmp/...             what is being written
 * lock                held by whoever removes files
 * </pre>
 *
 * <p>A file is written under {@code tmp} and renamed when it is complete, so that a reader sees all
 * of it or nothing. Chunks are not forced to the disk, which would cost more than fetching them
 * again: after a crash of the machine one may be torn, and therefore the first read in each process
 * verifies a chunk's length and digest. TOCs are verified whenever they are read, and spools are
 * forced to the disk before they are renamed. Readers open the file and keep it open while they
 * read, so that removing it takes nothing away from them.
 *
 * <p>{@link dev.starling.snapshot.cache.ChunkCache} is the entrance; {@code usage}, {@code list}
 * and {@code prune} are for people. To keep another kind of file, add it to {@link
 * dev.starling.snapshot.cache.CacheKind}: it counts against the limit and is removed like all
 * others.
 */
package dev.starling.snapshot.cache;
