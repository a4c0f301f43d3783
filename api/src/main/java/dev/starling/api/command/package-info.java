/**
 * The plugin SPI: how a plugin contributes commands. A plugin's module {@code provides} {@link
 * dev.starling.api.command.CommandProvider}; each {@link
 * dev.starling.api.command.CommandDefinition} names a class annotated with picocli's
 * {@code @Command} that implements {@link dev.starling.api.command.StarlingCommand} and returns a
 * record. One definition serves the command line, the interactive shell and Groovy scripts; the
 * host adds {@code --format}, {@code --quiet}, {@code --debug} and {@code --help}, prints results,
 * shows progress, and turns failures into one line and an exit code.
 *
 * <p>A command that is called often and takes little time may be a {@link
 * dev.starling.api.command.DescribedCommand} instead, which starts sooner than an annotated one.
 *
 * <p>What a parameter may be given, so that the shell can complete it, is said in picocli's {@code
 * completionCandidates} by a {@link dev.starling.api.command.ValueCompletion}: {@link
 * dev.starling.api.command.ImageReferences} and its siblings, or one of the plugin's own.
 *
 * <p>Result records live in an exported package of the plugin, so that scripts and {@code --format
 * json} can read their components; packages of command classes are opened to {@code info.picocli}.
 */
package dev.starling.api.command;
