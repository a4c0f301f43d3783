/**
 * The interactive shell on JLine. {@link dev.starling.shell.prompt.Prompt} reads lines and has a
 * {@link dev.starling.shell.session.Session} run them; around it are what JLine asks for: a parser,
 * a completer, a highlighter, an expander, and the screen that background jobs share with it.
 *
 * <p>What a parameter completes to is its own matter ({@link
 * dev.starling.api.command.ValueCompletion}). JLine is there only when the launcher put it on the
 * module path: for the shell.
 */
package dev.starling.shell.prompt;
