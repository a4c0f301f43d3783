/**
 * eStargz: a layer that any client can unpack as tar.gz and that a lazy client can read file by
 * file, because every chunk is a gzip member of its own and a table of contents (TOC) at the end
 * says where each one lies and what it hashes to.
 *
 * <p>{@link dev.starling.api.estargz.LayerConverter} writes such layers; {@link
 * dev.starling.api.estargz.LayerVerifier} checks them.
 */
package dev.starling.api.estargz;
