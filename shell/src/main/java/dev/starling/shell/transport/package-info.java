/**
 * How a reference is reached: the one place that chooses between registry, layout directory and
 * local image store. {@link dev.starling.shell.transport.DefaultTransportsFactory} is the shell's
 * {@link dev.starling.shell.host.TransportsFactory}; its jobs share one registry client, and the
 * client's connections, logins and tokens with it.
 *
 * <p>A new kind of place is a new permitted {@link dev.starling.api.reference.Reference} and a
 * branch in {@code DefaultTransports}, which the compiler asks for.
 */
package dev.starling.shell.transport;
