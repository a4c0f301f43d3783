package dev.starling.shell.script;

import groovy.lang.MissingMethodException;
import groovy.lang.Script;

/** The base class of scripts: a method that is not there is a command. */
public abstract class StarlingScript extends Script {

  static final String COMMANDS = "$starling";

  /**
   * Called by Groovy for a method that is not there.
   *
   * @param name the method's name
   * @param arguments its arguments, an array
   * @return the command's record
   * @throws Exception what the command throws, or MissingMethodException if there is none
   */
  public Object methodMissing(String name, Object arguments) throws Exception {
    Object[] all = (Object[]) arguments;
    ScriptCommands commands = (ScriptCommands) getBinding().getVariable(COMMANDS);
    if (!commands.has(name)) {
      throw new MissingMethodException(name, getClass(), all);
    }
    return commands.call(name, all);
  }
}
