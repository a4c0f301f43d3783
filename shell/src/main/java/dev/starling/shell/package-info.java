/**
 * The program's entrance: {@link dev.starling.shell.Main} puts the parts together. What a command
 * runs in is in {@code host}, where plugins come from in {@code plugin}, the prompt in {@code
 * prompt}, scripts in {@code script}, and the commands that work on these in {@code command}.
 */
package dev.starling.shell;
