package dev.starling.shell.script;

import org.jspecify.annotations.Nullable;

/**
 * What became of one item of {@code parallel(items, keepGoing: true)}.
 *
 * @param item the item
 * @param value what the closure returned; null if it failed
 * @param failure what it threw; null if it did not
 * @param <T> what the items are
 * @param <V> what the closure returns
 */
public record Attempt<T extends @Nullable Object, V extends @Nullable Object>(
    T item, @Nullable V value, @Nullable Exception failure) {

  /** Whether the closure returned. */
  public boolean isDone() {
    return failure == null;
  }
}
