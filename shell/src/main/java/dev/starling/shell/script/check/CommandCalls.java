package dev.starling.shell.script.check;

import dev.starling.shell.host.CallSignature;
import dev.starling.shell.host.CommandFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.jspecify.annotations.Nullable;

/** Checks calls of commands as far as their arguments can be seen in the script. */
final class CommandCalls {

  private final CommandFinder commands;
  private final TypeVisitor types;

  CommandCalls(CommandFinder commands, TypeVisitor types) {
    this.commands = commands;
    this.types = types;
  }

  /** The commands' names. */
  Set<String> names() {
    return commands.scriptNames();
  }

  /** Whether there is a command of that name. */
  boolean has(String name) {
    return commands.signature(name) != null;
  }

  /** Why there is no command of that name; null if nothing is known. */
  @Nullable String absence(String name) {
    return commands.absence(name);
  }

  /**
   * Reports what is wrong with a call.
   *
   * @return what it gives; null if there is no such command
   */
  @Nullable ClassNode check(String name, ArgumentListExpression arguments, Expression call) {
    CallSignature signature = commands.signature(name);
    if (signature == null) {
      return null;
    }
    List<Expression> given = new ArrayList<>(arguments.getExpressions());
    List<String> named = new ArrayList<>();
    boolean complete = true;
    if (!given.isEmpty() && isMap(given.getFirst())) {
      complete =
          given.removeFirst() instanceof MapExpression map && checkNamed(signature, map, named);
    }
    complete &= given.stream().noneMatch(CommandCalls::isOpen);
    if (complete) {
      String problem = signature.countProblem(named, given.size());
      if (problem != null) {
        types.report(problem, call);
      }
    }
    return ClassHelper.make(signature.resultType());
  }

  /** How many values it is shows only when it runs. */
  private static boolean isOpen(Expression argument) {
    return argument instanceof SpreadExpression
        || (argument instanceof ConstantExpression constant && constant.isNullExpression());
  }

  private boolean isMap(Expression argument) {
    return argument instanceof MapExpression
        || types.typeOf(argument).implementsInterface(ClassHelper.MAP_TYPE)
        || types.typeOf(argument).equals(ClassHelper.MAP_TYPE)
        || types.typeOf(argument).equals(ClassHelper.OBJECT_TYPE);
  }

  /**
   * Checks named arguments.
   *
   * @param named takes the names of those that have a value
   * @return whether these are all
   */
  private boolean checkNamed(CallSignature signature, MapExpression map, List<String> named) {
    boolean complete = true;
    for (MapEntryExpression entry : map.getMapEntryExpressions()) {
      if (entry.getKeyExpression() instanceof SpreadMapExpression
          || !(entry.getKeyExpression() instanceof ConstantExpression key)) {
        complete = false;
        continue;
      }
      String name = String.valueOf(key.getValue());
      String problem = signature.nameProblem(name);
      if (problem != null) {
        types.report(problem, key);
        continue;
      }
      Expression value = entry.getValueExpression();
      if (!(value instanceof ConstantExpression constant && constant.isNullExpression())) {
        named.add(name);
      }
      List<Expression> values =
          value instanceof ListExpression many ? many.getExpressions() : List.of(value);
      values.forEach(each -> checkValue(signature, name, each));
    }
    return complete;
  }

  private void checkValue(CallSignature signature, String name, Expression value) {
    if (value instanceof ConstantExpression constant && constant.getValue() != null) {
      String problem = signature.valueProblem(name, constant.getValue());
      if (problem != null) {
        types.report(problem, value);
      }
    }
  }
}
