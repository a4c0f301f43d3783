/**
 * A client of the OCI distribution API. A {@link dev.starling.api.registry.RegistryClient} opens
 * {@link dev.starling.api.registry.RegistrySource}s and {@link
 * dev.starling.api.registry.RegistrySink}s; they hide logins, redirects, mirrors, broken
 * connections and the habits of various registries, so that the rest of the program sees content or
 * one {@link dev.starling.api.registry.RegistryException} that says what to do.
 *
 * <p>Inside, each step is a class: {@code EndpointResolver} finds hosts, {@code Exchange} makes a
 * request with its login and redirects, {@code Retrier} makes it again, {@code BlobReader} and
 * {@code ResumingStream} download, {@code UploadSession} and {@code BlobUpload} upload. Everything
 * that a server says passes {@code Redaction} before it is shown.
 */
package dev.starling.api.registry;
