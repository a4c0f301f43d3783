/**
 * A small registry over an OCI image layout, for this machine only: the demo, {@code registry
 * serve} and the tests stand on it. {@link dev.starling.api.serve.RegistryServer} speaks the OCI
 * distribution API; it has no users and no TLS, so it listens on loopback addresses and no others.
 *
 * <p>All repositories of a layout share its blobs. An image is named {@code repository:tag} in the
 * layout's index; an image that has a tag only belongs to the repository named like the layout's
 * directory. To see or change what goes over the wire, hand the server a {@link
 * com.sun.net.httpserver.Filter}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     distribution specification</a>
 */
package dev.starling.api.serve;
