package dev.starling.api.command;

import org.jspecify.annotations.Nullable;

/**
 * Where a command stands on the command line: at the top ({@code starling pull}), in a group
 * ({@code starling registry serve}), or in both ({@code starling image pull}).
 *
 * @param top whether {@code starling NAME} runs it
 * @param group the group whose {@code starling GROUP NAME} runs it, or null for none; a group that
 *     the host does not know comes into being with its first command
 */
public record Placement(boolean top, @Nullable String group) {

  /** At the top and in the group {@code image}, whose other names are {@code images}, {@code i}. */
  public static final Placement IMAGE = new Placement(true, "image");

  /** At the top only: for commands that are not about images. */
  public static final Placement TOP = new Placement(true, null);

  /** Requires one of the two. */
  public Placement {
    if (!top && group == null) {
      throw new IllegalArgumentException("a command must stand at the top or in a group");
    }
  }

  /** In a group only, for example {@code registry}. */
  public static Placement in(String group) {
    return new Placement(false, group);
  }
}
