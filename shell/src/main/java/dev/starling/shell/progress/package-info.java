/**
 * How progress looks. A job reports through {@link dev.starling.api.job.Progress}; here that
 * becomes a live block on a terminal, plain lines in a pipe, or nothing. A {@link
 * dev.starling.shell.progress.ProgressReporter} owns standard error while the job runs, so that log
 * lines and progress never tear each other.
 *
 * <p>Another look is another ProgressReporter; what one line says is in {@link
 * dev.starling.shell.progress.ItemLine}.
 */
package dev.starling.shell.progress;
