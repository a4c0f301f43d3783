/**
 * The language of the shell's lines, apart from what runs them: a line is Groovy or a command
 * ({@link dev.starling.shell.line.LineKind}), a command's text is parted into {@link
 * dev.starling.shell.line.Token}s, and those make {@link dev.starling.shell.line.Statement}s with
 * pipes, redirections, assignments and {@code &}.
 *
 * <p>A new operator is a new kind of token and a branch in {@link
 * dev.starling.shell.line.LineParser}.
 */
package dev.starling.shell.line;
