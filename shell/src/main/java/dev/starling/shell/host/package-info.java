/**
 * Runs commands, whoever asks: the command line, the prompt or a script. {@link
 * dev.starling.shell.host.CommandHost} is the door; it collects definitions from every {@link
 * dev.starling.shell.host.CommandSource}, builds a fresh picocli tree for each call, gives the
 * command its surroundings and turns failures into one line and an exit code.
 *
 * <p>A built-in command is listed in {@code dev.starling.shell.command.HostCommands}, in a {@link
 * dev.starling.shell.host.CommandFamily} that says which words name it.
 */
package dev.starling.shell.host;
