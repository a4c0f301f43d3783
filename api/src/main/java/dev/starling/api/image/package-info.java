/**
 * The nouns of the OCI image specification as immutable values: digests, media types, platforms,
 * descriptors, manifests, indexes and configs.
 *
 * <p>Manifests are kept as the bytes that arrived ({@link dev.starling.api.image.RawManifest}), so
 * that a digest never depends on how this program would have written them; {@link
 * dev.starling.api.image.Manifest} and {@link dev.starling.api.image.Index} are read from those
 * bytes. Open vocabularies (media types) are records with constants, closed ones are enums or
 * sealed types. To support a new field, add it to the record and to its codec in this package.
 *
 * @see <a href="https://github.com/opencontainers/image-spec">OCI image specification</a>
 */
package dev.starling.api.image;
