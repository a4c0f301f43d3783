package dev.starling.snapshot.control;

import java.io.IOException;
import tools.jackson.jr.ob.JSON;

/**
 * Records as JSON, and back. By Jackson's small sibling: the first record that databind reads costs
 * a command as much time as the virtual machine's start.
 */
final class Records {

  private Records() {}

  /** A record, or a text, as JSON without line breaks. */
  static String write(Object value) {
    return JSON.std.asString(value);
  }

  /**
   * Reads a record, or a text. What is missing is null, 0 or false; what is not known is left out.
   *
   * @throws MisunderstoodException if it does not fit
   * @throws IOException if it is no JSON
   */
  static <T> T read(String json, Class<T> type) throws IOException {
    T value;
    try {
      value = JSON.std.beanFrom(type, json);
    } catch (RuntimeException e) { // Jackson's own, or what a record's constructor throws
      throw new MisunderstoodException("a message is not understood", e);
    }
    if (value == null) {
      throw new IOException("a message is null; expected " + type.getSimpleName());
    }
    return value;
  }
}
