/**
 * The interactive shell on JLine. {@link dev.starling.shell.prompt.Prompt} reads lines; what a line
 * is, a command or Groovy, {@link dev.starling.shell.prompt.LineKind} decides.
 *
 * <p>JLine is there only when the launcher put it on the module path: for the shell.
 */
package dev.starling.shell.prompt;
