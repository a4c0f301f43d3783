package dev.starling.shell.script;

import dev.starling.shell.host.CommandFinder;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.ExitException;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.plugin.PluginHost;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.MethodClosure;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Groovy, one text after another over the same variables. Loops end when their thread is
 * interrupted. Not thread-safe.
 */
public final class ScriptSession {

  private static final Set<String> OWN_METHODS = Set.of("main", "run");
  private static final Set<String> OWN = Set.of(StarlingScript.COMMANDS, "args", "out");

  private final Binding binding = new Binding();
  private final CommandFinder commands;
  private final ScriptClassLoader classes;
  private final @Nullable CompiledScripts kept;
  private final PrintWriter out;
  private @Nullable ScriptCompiler compiler;

  /**
   * @param host runs the commands
   * @param plugins whose exported classes the text may name
   * @param quiet whether commands show no progress
   */
  public ScriptSession(CommandHost host, PluginHost plugins, boolean quiet) {
    this(host, plugins, quiet, host.scope(), null);
  }

  /**
   * @param scope where the text prints, and what its commands are cancelled with
   * @param kept where compiled texts are kept for the next process; null for nowhere
   */
  public ScriptSession(
      CommandHost host,
      PluginHost plugins,
      boolean quiet,
      JobScope scope,
      @Nullable CompiledScripts kept) {
    this.commands = host.commands();
    this.classes = new ScriptClassLoader(plugins);
    this.kept = kept;
    JobScope shared = scope.sharingProgress();
    binding.setVariable(StarlingScript.COMMANDS, new ScriptCommands(host, quiet, shared));
    this.out = shared.console().out();
    binding.setVariable("out", out);
    binding.setVariable("args", List.of());
  }

  private ScriptCompiler compiler() {
    ScriptCompiler known = compiler;
    if (known == null) {
      known = new ScriptCompiler(classes);
      compiler = known;
    }
    return known;
  }

  /** Sets a variable of the texts. */
  public void set(String name, @Nullable Object value) {
    binding.setVariable(name, value);
  }

  /** A variable's value; null if there is none of that name. */
  public @Nullable Object get(String name) {
    return binding.hasVariable(name) ? binding.getVariable(name) : null;
  }

  /** The names of the texts' variables, besides those that are always there. */
  public Set<String> variables() {
    Set<String> names = new TreeSet<>();
    for (Object name : binding.getVariables().keySet()) {
      names.add(String.valueOf(name));
    }
    names.removeAll(OWN);
    return names;
  }

  /**
   * Evaluates a text. Its functions, classes and imports are known to those after it.
   *
   * @param name the file's name, for messages
   * @return the value of its last expression
   * @throws dev.starling.shell.host.ExitException if it does not compile or ends with an exception,
   *     with the line where
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public @Nullable Object evaluate(String text, String name) throws Exception {
    try {
      Class<?> type = typeOf(text, name);
      if (!StarlingScript.class.isAssignableFrom(type) && !hasMain(type)) {
        return null; // nothing but classes
      }
      Script script = InvokerHelper.createScript(type, binding);
      keepFunctions(script);
      return script.run();
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw ScriptErrors.at(name, e);
    } finally {
      out.flush(); // what has no newline at its end
    }
  }

  private Class<?> typeOf(String text, String name) {
    Class<?> known = kept == null ? null : kept.find(text, name, classes);
    if (known != null) {
      return known;
    }
    ScriptCompiler.Compiled compiled = compiler().compile(text, name);
    // What plugins bring may be another thing the next time.
    if (kept != null && !classes.gavePluginClass()) {
      kept.keep(text, name, compiled);
    }
    return compiled.type();
  }

  private static boolean hasMain(Class<?> type) {
    return Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals("main"));
  }

  /** A variable that holds a closure is called like a function. */
  private void keepFunctions(Script script) {
    for (Method method : script.getClass().getDeclaredMethods()) {
      String function = method.getName();
      if (!method.isSynthetic() && !OWN_METHODS.contains(function) && !function.contains("$")) {
        binding.setVariable(function, new MethodClosure(script, function));
      }
    }
  }

  /**
   * Finds what a text would fail with, without running it.
   *
   * @param name the file's name, for messages
   * @return in the order of its lines; empty if nothing was found
   */
  public List<ScriptProblem> check(String text, String name) {
    return compiler().check(commands, text, name);
  }

  /**
   * Calls a closure.
   *
   * @param closure its text, with its braces
   * @param value what it is called with
   * @throws Exception as from {@link #evaluate}
   */
  public @Nullable Object apply(String closure, @Nullable Object value) throws Exception {
    try {
      return evaluate("return " + closure, "closure") instanceof Closure<?> code
          ? code.call(value)
          : null;
    } catch (ExitException | CancellationException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw ScriptErrors.at("closure", e);
    } finally {
      out.flush();
    }
  }

  /** Whether the text ends too early: more lines may make it a program. */
  public boolean incomplete(String text) {
    return compiler().incomplete(text);
  }
}
