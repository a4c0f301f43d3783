/**
 * Completion for bash, zsh and fish. Asking the program at each TAB would take longer than people
 * wait, so a script holds a table of all commands with their options and values ({@link
 * dev.starling.shell.completion.CompletionTable}), an awk program that knows what fits the line,
 * and a few lines in the shell's own language ({@link
 * dev.starling.shell.completion.CompletionScript}); the last two are resources. Another shell needs
 * such a few lines and a constant.
 */
package dev.starling.shell.completion;
