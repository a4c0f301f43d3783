package dev.starling.api.command;

import java.util.List;

/**
 * What is to be completed.
 *
 * @param typed the value so far, without its option's name; may be empty
 * @param command a fresh object of the command on the line; its options are not set
 * @param words the words of the line before the one that is typed, the command's own first
 * @param context as a running command has it; without progress and log
 */
public record CompletionRequest(
    String typed, StarlingCommand<?> command, List<String> words, CommandContext context) {

  /** Copies the words. */
  public CompletionRequest {
    words = List.copyOf(words);
  }

  /**
   * Of a line with nothing else on it.
   *
   * @param typed the value so far
   * @param command a fresh object of the command
   * @param context as a running command has it
   */
  public CompletionRequest(String typed, StarlingCommand<?> command, CommandContext context) {
    this(typed, command, List.of(), context);
  }
}
