package dev.starling.shell.prompt;

import java.util.HashMap;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** JLine's reader, with a suggestion from the history that the right arrow takes over. */
final class ShellReader extends LineReaderImpl {

  private static final String TAKE = "take-suggestion";
  private static final String TAKE_END = "take-suggestion-end";

  ShellReader(Terminal terminal) {
    super(terminal, "starling", new HashMap<>());
    setAutosuggestion(LineReader.SuggestionType.HISTORY);
    bind(TAKE, this::forwardChar, KeyMap.key(terminal, Capability.key_right), KeyMap.ctrl('F'));
    bind(TAKE_END, this::endOfLine, KeyMap.key(terminal, Capability.key_end), KeyMap.ctrl('E'));
  }

  private void bind(String name, Widget otherwise, String... keys) {
    getWidgets().put(name, () -> takeSuggestion() || otherwise.apply());
    for (String key : keys) {
      if (key != null) {
        KeyMap<Binding> map = getKeyMaps().get(LineReader.MAIN);
        if (map != null) {
          map.bind(new Reference(name), key);
        }
      }
    }
  }

  private boolean takeSuggestion() {
    String tail = getTailTip();
    if (buf.cursor() < buf.length() || buf.length() == 0 || tail == null || tail.isEmpty()) {
      return false;
    }
    buf.write(tail);
    return true;
  }

  /** Does something to the terminal while nothing else is painted. */
  void exclusively(Runnable painting) {
    lock.lock();
    try {
      painting.run();
    } finally {
      lock.unlock();
    }
  }

  /** Shows another prompt at once, if a line is being read. */
  void showPrompt(String text) {
    exclusively(() -> {
      if (reading) {
        setPrompt(text);
        redisplay();
      }
    });
  }
}
