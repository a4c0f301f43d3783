package dev.starling.api.command;

/**
 * A value that completes what is typed.
 *
 * @param value the whole value, not only its end
 * @param description a few words beside it; may be empty
 * @param complete whether the word ends here; false if more of it may follow, as after a folder
 */
public record Suggestion(String value, String description, boolean complete) {

  /** A whole value without a description. */
  public static Suggestion of(String value) {
    return new Suggestion(value, "", true);
  }
}
