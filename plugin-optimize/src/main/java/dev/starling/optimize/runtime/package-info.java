/**
 * Runs bundles by an OCI runtime and leaves nothing behind: {@link
 * dev.starling.optimize.runtime.ContainerRun} starts one, watches its stop rules and removes it
 * whatever happens. It knows nothing of images, networks or file systems.
 *
 * <p>A new stop rule is a record in {@code StopRule} and a case in {@code StopWatch}, which the
 * compiler asks for.
 *
 * <p>Watched containers are in a session of their own, so Ctrl-C reaches only this process; with
 * inherited streams it goes through the terminal to the container, as an interactive user expects.
 *
 * <p>What the commands still to come must do around it: give {@link
 * dev.starling.optimize.runtime.OciRuntime} a state directory of their own process below the
 * runtime directory and journal it, so that after a kill -9 the next command calls {@code
 * deleteAll} (the runtime in the foreground outlives its killed parent); complete {@code signal} on
 * the first Ctrl-C under {@code --wait-on-signal} instead of cancelling; put the prompt's terminal
 * aside while streams are inherited; map {@code RuntimeFailedException} and {@code
 * RunOutcome.Ended} to {@code run}'s exit codes.
 */
package dev.starling.optimize.runtime;
