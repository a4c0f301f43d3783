package dev.starling.api.command;

/**
 * What is to be completed.
 *
 * @param typed the value so far, without its option's name; may be empty
 * @param command a fresh object of the command on the line; its options are not set
 * @param context as a running command has it; without progress and log
 */
public record CompletionRequest(String typed, StarlingCommand<?> command, CommandContext context) {}
