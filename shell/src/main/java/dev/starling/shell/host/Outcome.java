package dev.starling.shell.host;

import dev.starling.api.command.CommandResult;
import org.jspecify.annotations.Nullable;

/**
 * How a line ended.
 *
 * @param exitCode the process's exit code
 * @param result what the command returned, or null if it failed or only printed help
 */
public record Outcome(int exitCode, @Nullable CommandResult result) {}
