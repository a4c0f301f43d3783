package dev.starling.shell.script;

/**
 * Something that a script would fail with.
 *
 * @param file the script's file name
 * @param line where, from 1; 0 if it is about the whole script
 * @param column where in the line, from 1; 0 if it is about the whole script
 * @param message what is wrong, and what may have been meant
 */
public record ScriptProblem(String file, int line, int column, String message) {

  /** As compilers write it, so that editors find the place. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
