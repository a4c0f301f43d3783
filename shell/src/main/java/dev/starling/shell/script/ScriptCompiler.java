package dev.starling.shell.script;

import dev.starling.shell.host.CommandFinder;
import dev.starling.shell.script.check.ScriptChecker;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.transform.ThreadInterrupt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/**
 * Compiles Groovy, one text after another: each knows the classes and imports of those before it.
 * To make one takes as long as a short script, so that should be left until it is needed. Not
 * thread-safe.
 */
final class ScriptCompiler {

  private static final String CODE_BASE = "/groovy/shell";

  private final CompilerConfiguration configuration = new CompilerConfiguration();
  private final ImportCustomizer imports = new ImportCustomizer();
  private final SeenImports seen = new SeenImports();
  private final Map<String, byte[]> made = new LinkedHashMap<>();
  private final ClassLoader parent;
  private final GroovyClassLoader classes;

  /**
   * @param parent what the texts may name
   */
  ScriptCompiler(ClassLoader parent) {
    this.parent = parent;
    imports.addStarImports("java.nio.file", "java.time", "dev.starling.shell.script");
    configuration.setScriptBaseClass(StarlingScript.class.getName());
    configuration.addCompilationCustomizers(
        imports, seen, new ASTTransformationCustomizer(ThreadInterrupt.class));
    configuration.setBytecodePostprocessor((name, code) -> {
      made.put(name, code);
      return code;
    });
    classes = new GroovyClassLoader(parent, configuration);
  }

  /**
   * A compiled text.
   *
   * @param type the class to be run, or the last one of a text that has nothing else
   * @param code all of its classes by their names
   */
  record Compiled(Class<?> type, Map<String, byte[]> code) {
    Compiled {
      code = Map.copyOf(code);
    }
  }

  /**
   * Compiles a text.
   *
   * @param name the file's name, for messages
   * @throws CompilationFailedException if it does not compile
   */
  Compiled compile(String text, String name) {
    made.clear();
    Class<?> type = classes.parseClass(new GroovyCodeSource(text, name, CODE_BASE), false);
    seen.addTo(imports);
    return new Compiled(type, made);
  }

  /** Finds what a text would fail with; see {@link ScriptChecker}. */
  List<ScriptProblem> check(CommandFinder commands, String text, String name) {
    return new ScriptChecker(commands, parent, configuration).check(text, name);
  }

  /** Whether the text ends too early: more lines may make it a program. */
  boolean incomplete(String text) {
    CompilationUnit unit = new CompilationUnit(configuration, null, classes);
    unit.addSource("line.groovy", text);
    try {
      unit.compile(Phases.CONVERSION);
      return false;
    } catch (MultipleCompilationErrorsException e) {
      return insideText(text)
          || e.getErrorCollector().getErrors().stream()
              .anyMatch(error ->
                  error instanceof SyntaxErrorMessage syntax
                      && endsEarly(String.valueOf(syntax.getCause().getMessage())));
    } catch (CompilationFailedException e) {
      return false;
    }
  }

  /** Whether a string of three quotes is open; Groovy's message does not tell. */
  private static boolean insideText(String text) {
    return count(text, "'''") % 2 == 1 || count(text, "\"\"\"") % 2 == 1;
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static boolean endsEarly(String message) {
    return message.contains("<EOF>") || message.matches("(?s)Missing '[)}\\]]'.*");
  }
}
