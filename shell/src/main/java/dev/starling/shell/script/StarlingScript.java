package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.UsageException;
import dev.starling.shell.host.Failures;
import dev.starling.shell.progress.ProgressReporter;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.FirstParam;
import groovy.transform.stc.SecondParam;
import groovy.transform.stc.SimpleType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * The base class of scripts: a method that is not there is a command; those that are there are
 * tools for workflows.
 */
public abstract class StarlingScript extends Script {

  static final String COMMANDS = "$starling";

  private static final int TIMES = 3;
  private static final int MAX_TIMES = 1000;
  private static final long PAUSE_MILLIS = 1000;

  private ScriptCommands commands() {
    return (ScriptCommands) getBinding().getVariable(COMMANDS);
  }

  /** {@code parallel(items) { item -> ... }}: four at a time; the first failure ends the others. */
  public <T extends @Nullable Object, V extends @Nullable Object> List<V> parallel(
      Collection<T> items, @ClosureParams(FirstParam.FirstGenericType.class) Closure<V> action)
      throws Exception {
    return parallel(Map.of(), items, action);
  }

  /**
   * {@code parallel(items, bound: 8, keepGoing: true) { item -> ... }}.
   *
   * @param options {@code bound}, how many at a time; {@code keepGoing}, to collect {@link
   *     Attempt}s instead of ending with the first failure
   * @return what the closure returned for each item, in their order, or the attempts
   * @throws Exception the first failure, without {@code keepGoing}
   */
  @SuppressWarnings("unchecked") // with keepGoing a script's check knows what they are
  public <T extends @Nullable Object, V extends @Nullable Object> List<V> parallel(
      Map<String, ?> options,
      Collection<T> items,
      @ClosureParams(SecondParam.FirstGenericType.class) Closure<V> action)
      throws Exception {
    return (List<V>) Parallel.of(options).call(items, action);
  }

  /** {@code retry { ... }}: three times, a second apart. */
  public <V extends @Nullable Object> V retry(Closure<V> action) throws Exception {
    return retry(TIMES, action);
  }

  /** {@code retry(5) { ... }}: so many times, a second apart. */
  public <V extends @Nullable Object> V retry(int times, Closure<V> action) throws Exception {
    return retry(times, PAUSE_MILLIS, action);
  }

  /**
   * Calls the closure again while it fails, but for a wrong command line.
   *
   * @param times how often at most, 1 to 1000
   * @param pauseMillis between the calls, doubled each time
   * @return what it returned
   * @throws Exception its last failure
   */
  public <V extends @Nullable Object> V retry(int times, long pauseMillis, Closure<V> action)
      throws Exception {
    if (times < 1 || times > MAX_TIMES || pauseMillis < 0) {
      throw new UsageException("retry: 1 to " + MAX_TIMES + " times, with a pause of 0 or more");
    }
    long pause = pauseMillis;
    for (int left = times - 1; ; left--) {
      try {
        return action.call();
      } catch (CancellationException | UsageException | ParameterException e) {
        throw e;
      } catch (Exception e) {
        if (left == 0) {
          throw e;
        }
        getLog().warn(Failures.describe(e) + "; trying again in " + pause + " ms");
        Thread.sleep(pause);
        pause = Math.min(2 * pause, 60 * PAUSE_MILLIS);
      }
    }
  }

  /** {@code progress('copying') { it.advance(); ... }}: shown until the closure returns. */
  public <V extends @Nullable Object> V progress(
      Object label,
      @ClosureParams(value = SimpleType.class, options = ScriptProgress.NAME) Closure<V> action)
      throws Exception {
    return progress(label, -1, action);
  }

  /** {@code progress('copying', items.size()) { p -> ...; p.advance() }}. */
  public <V extends @Nullable Object> V progress(
      Object label,
      long total,
      @ClosureParams(value = SimpleType.class, options = ScriptProgress.NAME) Closure<V> action)
      throws Exception {
    return progress(Map.of(), label, total, action);
  }

  /**
   * {@code progress('copying', total, unit: 'bytes', state: 'downloading') { p -> p.advance(n) }}:
   * shows the work of the closure as a command's.
   *
   * @param options {@code unit}, steps or bytes; {@code state}, the word after the label
   * @param label what is worked on; the same label continues the same line
   * @param total how much there is to do, or -1 if unknown
   * @return what the closure returned
   * @throws Exception what the closure throws; the line then says failed
   */
  public <V extends @Nullable Object> V progress(
      Map<String, ?> options,
      Object label,
      long total,
      @ClosureParams(value = SimpleType.class, options = ScriptProgress.NAME) Closure<V> action)
      throws Exception {
    try (ProgressReporter reporter = commands().reporter()) {
      return ScriptProgress.of(reporter, options, String.valueOf(label), total).during(action);
    }
  }

  /**
   * {@code yaml(Path.of('fleet.yaml'))} or {@code yaml('a: 1')}: maps, lists, texts, numbers, true
   * and false as YAML 1.2 has them.
   *
   * @param source a path, a file, or the text itself
   * @throws IOException if it cannot be read or is no YAML, with the line where
   */
  public @Nullable Object yaml(Object source) throws IOException {
    return switch (source) {
      case Path file -> YamlText.read(file);
      case File file -> YamlText.read(file.toPath());
      default -> YamlText.parse(String.valueOf(source), "the text");
    };
  }

  /**
   * {@code json(toc('app:1', layer: 1, dump: true).layers[0].toc)}: the values of a JSON text.
   *
   * @throws IOException if it is none, with the line where
   */
  public @Nullable Object json(CharSequence text) throws IOException {
    return JsonText.parse(text.toString());
  }

  /** {@code toJson(['/bin/sh', '-c'])}: lists, maps, texts and numbers as JSON, in one line. */
  public String toJson(@Nullable Object value) throws IOException {
    return JsonText.of(value);
  }

  /**
   * {@code fail '2 of 3 images failed'}: ends the script with exit code 1 and this line.
   *
   * @throws CommandException always
   */
  public void fail(Object message) throws CommandException {
    throw new CommandException(String.valueOf(message));
  }

  /** {@code log.info 'text'}: messages on standard error. */
  public ScriptLog getLog() {
    return commands().log();
  }

  /** {@code env.HOME}: the variables of the environment. */
  public Map<String, String> getEnv() {
    return System.getenv();
  }

  /**
   * {@code sh 'df -h .'}: runs a line by the machine's shell and gives its output.
   *
   * @throws Exception if it ends with another exit code than 0
   */
  public String sh(Object line) throws Exception {
    return HostProgram.run(String.valueOf(line));
  }

  /**
   * Called by Groovy for a method that is not there.
   *
   * @param name the method's name
   * @param arguments its arguments, an array
   * @return the command's record
   * @throws Exception what the command throws, or MissingMethodException if there is none
   */
  public @Nullable Object methodMissing(String name, Object arguments) throws Exception {
    Object[] all = (Object[]) arguments;
    if (getBinding().hasVariable(name)
        && getBinding().getVariable(name) instanceof Closure<?> function) {
      return function.call(all); // of an earlier line
    }
    ScriptCommands commands = commands();
    if (!commands.has(name)) {
      throw new MissingMethodException(name, getClass(), all);
    }
    return commands.call(name, all);
  }
}
