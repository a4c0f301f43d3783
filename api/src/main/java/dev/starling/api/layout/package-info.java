/**
 * Directories in OCI image layout: blobs by digest and an {@code index.json} that names images.
 * {@link dev.starling.api.layout.OciLayout} is such a directory, {@link
 * dev.starling.api.layout.LocalImageStore} one that holds the images of this machine by their full
 * names. Both, and the registry in {@code dev.starling.api.serve}, see the same layout through
 * {@link dev.starling.api.layout.RepositoryNames}: which entries of the index are a repository's,
 * and what its tags are. Another way to name images is another {@code RepositoryNames}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     layout</a>
 */
package dev.starling.api.layout;
