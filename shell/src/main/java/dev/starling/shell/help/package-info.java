/**
 * What the program says about itself: a page for each command, made of its picocli annotations;
 * pages about topics, which are texts among the resources; the list of everything; and the same for
 * man. A new topic is a constant of {@link dev.starling.shell.help.Topic} and a text of its name; a
 * new command needs nothing but annotations, as {@link dev.starling.shell.help.HelpPage} reads
 * them.
 */
package dev.starling.shell.help;
