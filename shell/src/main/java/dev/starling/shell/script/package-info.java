/**
 * Groovy: every command, a plugin's too, is a method that takes named arguments and returns its
 * record. {@link dev.starling.shell.script.ScriptSession} evaluates; {@link
 * dev.starling.shell.script.StarlingScript} is what scripts extend.
 *
 * <p>The package is exported because compiled scripts, which are in no named module, extend a class
 * of it. Groovy is there only when the launcher put it on the module path: for the shell and for
 * scripts.
 */
package dev.starling.shell.script;
