/**
 * What runs the shell's lines, whoever reads them: the prompt, {@code -c} or standard input. {@link
 * dev.starling.shell.session.Session} runs the statements of a line one after another; a command's
 * result goes through its pipe in {@code Pipeline}. JLine is not needed here, and Groovy only once
 * a line has some.
 *
 * <p>A new filter for text is a branch in {@code TextFilters}.
 */
package dev.starling.shell.session;
