package dev.starling.shell.script.check;

import dev.starling.shell.host.CommandFinder;
import dev.starling.shell.script.ScriptProblem;
import groovy.lang.GroovyClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/** Type-checks scripts against the commands. Runs nothing of them. Not thread-safe. */
public final class ScriptChecker {

  private final CommandFinder commands;
  private final ClassLoader classes;
  private final CompilerConfiguration configuration;

  /**
   * @param commands finds the commands
   * @param classes what the scripts may name
   * @param configuration how the scripts are compiled when they run; it is not changed
   */
  public ScriptChecker(
      CommandFinder commands, ClassLoader classes, CompilerConfiguration configuration) {
    this.commands = commands;
    this.classes = classes;
    this.configuration = configuration;
  }

  /**
   * Checks one script.
   *
   * @param name the file's name, for messages
   * @return what it would fail with, in the order of its lines; empty if nothing was found
   */
  public List<ScriptProblem> check(String text, String name) {
    CompilerConfiguration checking = new CompilerConfiguration(configuration);
    checking.setTolerance(Integer.MAX_VALUE);
    Typing typing = new Typing();
    checking.addCompilationCustomizers(typing);
    CompilationUnit unit =
        new CompilationUnit(checking, null, new GroovyClassLoader(classes, checking));
    typing.unit = unit;
    unit.addSource(name, text);
    try {
      unit.compile(Phases.INSTRUCTION_SELECTION);
      return List.of();
    } catch (MultipleCompilationErrorsException e) {
      return problems(name, e);
    } catch (CompilationFailedException e) {
      return List.of(new ScriptProblem(name, 0, 0, String.valueOf(e.getMessage())));
    }
  }

  private static List<ScriptProblem> problems(String name, MultipleCompilationErrorsException e) {
    Set<ScriptProblem> problems = new LinkedHashSet<>(); // a closure is looked at more than once
    for (Object error : e.getErrorCollector().getErrors()) {
      if (error instanceof SyntaxErrorMessage message) {
        SyntaxException syntax = message.getCause();
        problems.add(
            new ScriptProblem(
                name,
                syntax.getStartLine(),
                syntax.getStartColumn(),
                syntax.getOriginalMessage().strip()));
      } else {
        problems.add(new ScriptProblem(name, 0, 0, String.valueOf(error)));
      }
    }
    List<ScriptProblem> sorted = new ArrayList<>(problems);
    sorted.sort(
        Comparator.comparingInt(ScriptProblem::line).thenComparingInt(ScriptProblem::column));
    return sorted;
  }

  /** Visits each class with the type checker; inner classes are visited with the outer ones. */
  private final class Typing extends CompilationCustomizer {
    private @Nullable CompilationUnit unit;

    Typing() {
      super(CompilePhase.INSTRUCTION_SELECTION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
      if (node.getOuterClass() == null) {
        TypeVisitor visitor = new TypeVisitor(source, node);
        visitor.addTypeCheckingExtension(
            new ScriptTypes(
                visitor, new CommandCalls(commands, visitor), ScriptVariables.of(source)));
        visitor.setCompilationUnit(unit);
        visitor.initialize();
        visitor.visitClass(node);
        visitor.performSecondPass();
      }
    }
  }
}
