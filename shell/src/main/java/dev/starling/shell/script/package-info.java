/**
 * Groovy: every command, a plugin's too, is a method that takes named arguments and returns its
 * record. {@link dev.starling.shell.script.ScriptSession} evaluates; {@link
 * dev.starling.shell.script.StarlingScript} is what scripts extend. Compiling is {@code
 * ScriptCompiler}'s, which is not even made for a script that {@link
 * dev.starling.shell.script.CompiledScripts} has kept.
 *
 * <p>The package is exported because compiled scripts, which are in no named module, extend a class
 * of it. Groovy is there only when the launcher put it on the module path: for the shell and for
 * scripts.
 */
package dev.starling.shell.script;
