/**
 * Layers whose bytes are fetched when they are read.
 *
 * <p>{@link dev.starling.snapshot.fetch.LayerOpener} opens them. A lazily readable layer is a tree
 * and a table of chunks, both made of its TOC entry by entry. A read takes its chunks from the
 * cache; for those that are not there it starts flights, one request each for neighbours, and waits
 * for them. No chunk has two flights at a time, and no byte goes to a reader that does not hash to
 * what the verified TOC promises. Flights of readers go first; the prefetch that a layer asks for
 * is one flight, and what nobody asked for is fetched piece by piece while no reader waits. A
 * failing registry is asked again for a while, then the reads fail, and the next read asks anew. A
 * layer of another kind is fetched as a whole and read from its inflated tar.
 *
 * <p>What a hostile layer can cost is bounded: a TOC by 64 MiB compressed and 256 MiB of JSON, 4
 * million rows, 200,000 of them in one member; a tree by {@link
 * dev.starling.snapshot.layer.LayerTreeBuilder}'s bounds (a million files, paths of 4,096
 * characters, names of 255 bytes, 64 KiB of extended attributes a file and 64 MiB a layer, 40 hard
 * links in a row); the chunks by a million of 64 MiB each, one of that size in memory at a time;
 * decompression by what the TOC says that a chunk has; a whole layer by the cache's limit.
 *
 * <p>Time, threads and waiting come from the caller, so that tests need none of them. To support
 * another format, have {@link dev.starling.api.estargz.TocPlace} find its TOC.
 */
package dev.starling.snapshot.fetch;
