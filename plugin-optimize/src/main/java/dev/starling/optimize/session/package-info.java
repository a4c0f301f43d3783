/**
 * Everything around a container that must not outlive it, for whoever runs one: {@link
 * dev.starling.optimize.session.Session} takes note of each thing in a journal before it is made
 * and undoes all of it in reverse order, whatever happened; what a killed process left, the next
 * session undoes by that journal. {@link dev.starling.optimize.session.OverlayRoot} is a writable
 * root over any list of directories, {@link dev.starling.optimize.session.Container} an image's
 * process in it.
 *
 * <p>The order is always the same: open a session, mount or find the layers, {@code
 * OverlayRoot.mount}, {@code Container.prepare}, {@code run}, close the session. What else a
 * command makes is one more {@link dev.starling.optimize.session.Made}, owned by the session before
 * it is made; an undo must do no harm when the thing is half made or not there.
 *
 * <pre>
 *   RUNTIME/sessions/ID/    lock, journal, netns, bundle/, state/ (the OCI runtime's)
 *   DATA/containers/ID/     lower/N, upper/, work/, root/, and what the command adds
 * </pre>
 */
package dev.starling.optimize.session;
