package dev.starling.api.command;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * What an option or a positional parameter may be given, for completion in the shell. It is named
 * in picocli's own attribute, and picocli makes it by its constructor without parameters:
 *
 * <pre>{@code
 * @Parameters(paramLabel = "REF", completionCandidates = ImageReferences.class)
 * private String image;
 * }</pre>
 *
 * <p>An enum and a class of fixed words ({@code Iterable<String>}) complete without this; this is
 * for values that have to be looked up. The host calls it on a thread of its own, shows what was
 * found within a tenth of a second, and keeps the rest for the next time. Implementations are
 * thread-safe; the host keeps those that fit what is typed, so they need not be filtered.
 */
public interface ValueCompletion extends Iterable<String> {

  /**
   * Looks values up. What it throws ends this look-up quietly.
   *
   * @param request what is typed and what is around it
   * @param found takes each value as soon as it is known
   */
  void complete(CompletionRequest request, Consumer<Suggestion> found) throws Exception;

  /**
   * The part of the typed text that decides what is found: as long as it stays the same, what was
   * found is used again. For names in folders it would be the folder.
   */
  default String scope(String typed) {
    return "";
  }

  /** For how long what was found is used again. */
  default Duration freshFor() {
    return Duration.ofSeconds(2);
  }

  /**
   * Whether the values are the same on any day, so that the completion scripts of bash, zsh and
   * fish may hold them; what is not is completed in the interactive shell only.
   *
   * @return false unless it says otherwise
   */
  default boolean isFixed() {
    return false;
  }

  /** Nothing: picocli itself has no words to offer. */
  @Override
  default Iterator<String> iterator() {
    return Collections.emptyIterator();
  }
}
