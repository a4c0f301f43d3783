/**
 * How a command talks to the daemon that owns the mounts: calls over a Unix socket, one connection
 * a call, a word and JSON on each line. It knows nothing of images: the daemon gives a {@link
 * ControlServer} a {@link CallHandler} for each {@link Call}, a command makes that call with a
 * {@link ControlClient}.
 *
 * <pre>
 * to the daemon    mount {...}
 * from the daemon  alive ""         every two seconds, and
 *                  event {...}      any number, while it works
 *                  result {...}     or
 *                  error "one line for people"
 * </pre>
 *
 * <p>The guard is the file system: socket and folder are their owner's alone. A client that closes
 * the connection cancels its call. A client that hears nothing, not even that the daemon lives,
 * gives up after a while.
 */
package dev.starling.snapshot.control;
