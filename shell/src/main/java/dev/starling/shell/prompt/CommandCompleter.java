package dev.starling.shell.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completes commands, options and their values from picocli's model. */
record CommandCompleter(Supplier<CommandLine> tree, Set<String> ownWords) implements Completer {

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String typed = line.word().substring(0, line.wordCursor());
    List<CharSequence> endings = new ArrayList<>();
    AutoComplete.complete(
        tree.get().getCommandSpec(),
        line.words().toArray(String[]::new),
        line.wordIndex(),
        line.wordCursor(),
        line.cursor(),
        endings);
    for (CharSequence ending : endings) {
      candidates.add(candidate(typed + ending));
    }
    if (line.wordIndex() == 0) {
      ownWords.stream()
          .filter(word -> word.startsWith(typed))
          .forEach(word -> candidates.add(candidate(word)));
    }
  }

  private static Candidate candidate(String word) {
    return new Candidate(word, word, null, null, null, null, !word.endsWith("="));
  }
}
