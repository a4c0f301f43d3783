/**
 * The commands that work on the program itself: they are made with the host at hand, where commands
 * that come as a service know only their context. {@link dev.starling.shell.command.HostCommands}
 * lists them.
 */
package dev.starling.shell.command;
