package dev.starling.shell.session;

import dev.starling.api.command.UsageException;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.host.Outcome;
import dev.starling.shell.line.Statement.Run;
import dev.starling.shell.line.Statement.Stage;
import dev.starling.shell.line.Statement.Stage.Closure;
import dev.starling.shell.line.Statement.Stage.Filter;
import dev.starling.shell.line.Statement.Target;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command and takes its result through the pipe: as a value as far as there are closures, as
 * text from then on. Immutable.
 *
 * @param host runs the command
 * @param closures calls a closure
 * @param pager for {@code less}
 */
record Pipeline(CommandHost host, Closures closures, Pager pager) {

  /** Calls a closure's text with a value. */
  @FunctionalInterface
  interface Closures {
    @Nullable Object call(String closure, @Nullable Object value) throws Exception;
  }

  /**
   * How it ended.
   *
   * @param exitCode the command's, also if what came after it went well
   * @param value the last one, or null
   */
  record Ended(int exitCode, @Nullable Object value) {
    static Ended of(Outcome outcome) {
      return new Ended(outcome.exitCode(), outcome.result());
    }
  }

  /**
   * Runs it.
   *
   * @param scope where it writes
   * @throws UsageException if a stage is not known
   * @throws Exception what a closure throws, or an IOException if the text cannot be written
   */
  Ended run(Run run, JobScope scope) throws Exception {
    if (run.stages().isEmpty() && run.target() == null) {
      return Ended.of(host.execute(run.words(), scope, true));
    }
    int closures = lastClosure(run.stages()) + 1;
    List<Stage> rest = run.stages().subList(closures, run.stages().size());
    scope.console().out().flush();
    try (OutputStream text = chain(rest, end(run.target(), rest, scope))) {
      if (closures == 0) {
        JobScope piped = scope.writingTo(text);
        Ended ended = Ended.of(host.execute(run.words(), piped, true));
        piped.console().out().flush();
        return ended;
      }
      Ended ended = value(run.words(), run.stages().subList(0, closures), scope);
      PrintWriter writer = writer(text);
      ValueText.write(ended.value(), writer);
      writer.flush();
      return ended;
    }
  }

  private static int lastClosure(List<Stage> stages) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i) instanceof Closure) {
        return i;
      }
    }
    return -1;
  }

  /** What is left after the last closure. */
  private Ended value(List<String> words, List<Stage> stages, JobScope scope) throws Exception {
    Outcome outcome = host.execute(words, scope, false);
    if (outcome.result() == null) {
      return Ended.of(outcome);
    }
    Object value = outcome.result();
    for (Stage stage : stages) {
      value =
          switch (stage) {
            case Closure closure -> closures.call(closure.text(), value);
            case Filter filter -> lines(filter, value);
          };
    }
    return new Ended(outcome.exitCode(), value);
  }

  private static List<String> lines(Filter filter, @Nullable Object value) throws IOException {
    List<String> lines = new ArrayList<>();
    OutputStream collector =
        new LineFilter(OutputStream.nullOutputStream()) {
          @Override
          void line(String text, OutputStream next) {
            lines.add(text);
          }
        };
    try (OutputStream text = TextFilters.open(filter.words(), collector)) {
      PrintWriter writer = writer(text);
      ValueText.write(value, writer);
      writer.flush();
    }
    return lines;
  }

  private static OutputStream chain(List<Stage> stages, OutputStream end) throws IOException {
    OutputStream next = end;
    try {
      for (int i = stages.size() - (endsWithPager(stages) ? 2 : 1); i >= 0; i--) {
        if (stages.get(i) instanceof Filter filter) {
          next = TextFilters.open(filter.words(), next);
        }
      }
      return next;
    } catch (UsageException e) {
      next.close();
      throw e;
    }
  }

  private static boolean endsWithPager(List<Stage> stages) {
    return !stages.isEmpty()
        && stages.getLast() instanceof Filter filter
        && filter.words().getFirst().equals("less");
  }

  private OutputStream end(@Nullable Target target, List<Stage> stages, JobScope scope)
      throws IOException {
    if (target != null) {
      return new BufferedOutputStream(file(target));
    }
    if (endsWithPager(stages)) {
      return pager.open();
    }
    OutputStream raw = scope.console().raw();
    return new FilterOutputStream(raw) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        raw.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        raw.flush(); // others write there too
      }
    };
  }

  private static OutputStream file(Target target) throws IOException {
    String name = target.file();
    Path file =
        Path.of(
            name.startsWith("~/")
                ? System.getProperty("user.home", "/") + name.substring(1)
                : name);
    return target.append()
        ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : Files.newOutputStream(file);
  }

  private static PrintWriter writer(OutputStream text) {
    return new PrintWriter(new OutputStreamWriter(text, StandardCharsets.UTF_8));
  }
}
