/**
 * What the launcher runs once in the background, so that the AOT cache holds what commands take:
 * the classes that they load and the calls that they link.
 *
 * <p>{@link dev.starling.shell.training.Training} runs lines that the launcher gives it. Another
 * kind of command gets its lines there; what they need beside the shell's commands is a case of
 * {@code Training.run}.
 */
package dev.starling.shell.training;
