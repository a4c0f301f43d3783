package dev.starling.snapshot.control;

/**
 * A line that goes through the socket.
 *
 * @param word what it is, as {@link #RESULT}; in a request the call's name
 * @param json the rest of the line
 */
record Message(String word, String json) {

  static final String ALIVE = "alive";
  static final String EVENT = "event";
  static final String RESULT = "result";
  static final String ERROR = "error";

  /** Takes a line apart; one without a space is a word without JSON. */
  static Message parse(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? new Message(line, "")
        : new Message(line.substring(0, space), line.substring(space + 1));
  }

  String line() {
    return word + " " + json;
  }
}
