/**
 * eStargz: a layer that any client can unpack as tar.gz and that a lazy client can read file by
 * file, because every chunk begins in a gzip member of its own or of a few and a table of contents
 * (TOC) at the end says where each one lies and what it hashes to.
 *
 * <p>{@link dev.starling.api.estargz.LayerConverter} writes such layers: a producer lays the tar
 * out as jobs, workers compress them, one writer puts them in order and adds TOC and footer. {@link
 * dev.starling.api.estargz.UnverifiedToc} reads them back and yields a {@link
 * dev.starling.api.estargz.Toc} only against a digest; {@link
 * dev.starling.api.estargz.LayerVerifier} checks a whole layer.
 *
 * <p>zstd:chunked is the same with zstd frames: which {@link dev.starling.api.estargz.Compression}
 * is asked for decides. To write another format of the family, add an implementation of {@code
 * BlobFormat}, which compresses members and makes what follows them; to read it, add its footer's
 * case to {@link dev.starling.api.estargz.Footer}.
 */
package dev.starling.api.estargz;
