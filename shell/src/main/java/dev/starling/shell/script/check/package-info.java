/**
 * Finds what a script would fail with, without running it: {@link
 * dev.starling.shell.script.check.ScriptChecker}. Groovy's static type checking infers the types; a
 * command is a method to it whose parameters are picocli's and whose result is the command's
 * record.
 *
 * <p>A script runs dynamically, so much of what Groovy's checker itself complains about is no
 * mistake. Only what {@link dev.starling.shell.script.check.ScriptTypes} is sure of is reported:
 * where a type is not known, anything goes. To find more, report more there.
 */
package dev.starling.shell.script.check;
