package dev.starling.shell.prompt;

import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The prompt: the registry that was used last, and how many jobs run. Not thread-safe. */
final class PromptText {

  private String registry = "";

  /** Takes the registry from a line's words, if one of them names an image with its host. */
  void learn(String line) {
    for (String word : line.split("[\\s'\"]+", -1)) {
      if (!word.startsWith("-") && word.indexOf('/') > 0) {
        try {
          if (Reference.parse(word) instanceof RegistryReference reference
              && (word.startsWith(reference.host() + "/") || word.contains("://"))) {
            registry = reference.host();
          }
        } catch (InvalidReferenceException e) {
          // some other word
        }
      }
    }
  }

  /** The prompt as the terminal shows it. */
  String show(int jobs, Terminal terminal) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    text.append("starling", AttributedStyle.BOLD);
    if (!registry.isEmpty()) {
      text.append(" " + registry, AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE));
    }
    if (jobs > 0) {
      text.append(
          jobs == 1 ? " [1 job]" : " [" + jobs + " jobs]",
          AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN));
    }
    return text.append("> ").toAnsi(terminal);
  }
}
