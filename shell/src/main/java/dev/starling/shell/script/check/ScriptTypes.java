package dev.starling.shell.script.check;

import dev.starling.shell.host.NearestName;
import dev.starling.shell.script.Attempt;
import dev.starling.shell.script.StarlingScript;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.jspecify.annotations.Nullable;

/** Tells the type checker what it does not know of a script, and reports what cannot be. */
final class ScriptTypes extends AbstractTypeCheckingExtension {

  private static final ClassNode SCRIPT = ClassHelper.make(StarlingScript.class);
  private static final Set<String> GIVEN = Set.of("args", "out", "log", "env");

  private final TypeVisitor types;
  private final CommandCalls commands;
  private final ScriptVariables variables;
  private final Members members;

  ScriptTypes(TypeVisitor types, CommandCalls commands, ScriptVariables variables) {
    super(types);
    this.types = types;
    this.commands = commands;
    this.variables = variables;
    this.members = new Members(types.getTypeCheckingContext().getSource().getClassLoader());
  }

  @Override
  public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
    String name = variable.getName();
    if (name.equals("args")) {
      ClassNode strings = ClassHelper.LIST_TYPE.getPlainNodeReference();
      strings.setGenericsTypes(new GenericsType[] {new GenericsType(ClassHelper.STRING_TYPE)});
      makeDynamic(variable, strings);
    } else if (variables.undeclared().contains(name)) {
      makeDynamic(
          variable, types.isTarget(variable) ? ClassHelper.OBJECT_TYPE : types.assigned(name));
    } else {
      if (!GIVEN.contains(name)) {
        types.report(undeclared(name), variable);
      }
      makeDynamic(variable);
    }
    return true;
  }

  private String undeclared(String name) {
    if (commands.has(name)) {
      return "there is no variable '%s'; the command is called by %s()".formatted(name, name);
    }
    Set<String> names = new HashSet<>(variables.all());
    names.addAll(GIVEN);
    return "there is no variable '" + name + "'" + NearestName.hint(name, names);
  }

  @Override
  public List<MethodNode> handleMissingMethod(
      ClassNode receiver,
      String name,
      ArgumentListExpression arguments,
      ClassNode[] argumentTypes,
      MethodCall call) {
    ClassNode result = ClassHelper.OBJECT_TYPE;
    if (call instanceof MethodCallExpression method) {
      result =
          isOnScript(receiver, method)
              ? scriptCall(receiver, name, arguments, method)
              : call(receiver, name, method);
    }
    return List.of(makeDynamic(call, result));
  }

  private static boolean isOnScript(ClassNode receiver, MethodCallExpression call) {
    return receiver.isDerivedFrom(SCRIPT)
        && call.getObjectExpression() instanceof VariableExpression self
        && self.isThisExpression();
  }

  private ClassNode scriptCall(
      ClassNode script, String name, ArgumentListExpression arguments, MethodCallExpression call) {
    ClassNode result = commands.check(name, arguments, call.getMethod());
    if (result != null) {
      return result;
    }
    if (!variables.undeclared().contains(name) && !members.hasMethod(script, name)) {
      Set<String> names = new HashSet<>(commands.names());
      names.addAll(members.methods(script));
      String absence = commands.absence(name);
      types.report(
          absence != null
              ? absence
              : "there is no command or function '" + name + "'" + NearestName.hint(name, names),
          call.getMethod());
    }
    return ClassHelper.OBJECT_TYPE;
  }

  private ClassNode call(ClassNode receiver, String name, MethodCallExpression call) {
    ClassNode type = members.named(receiver);
    if (type == null || members.hasMethod(type, name) || types.property(type, name) != null) {
      return ClassHelper.OBJECT_TYPE;
    }
    types.report(
        "%s has no method '%s'%s"
            .formatted(Members.nameOf(type), name, NearestName.hint(name, members.methods(type))),
        call.getMethod());
    return ClassHelper.OBJECT_TYPE;
  }

  @Override
  public boolean handleUnresolvedProperty(PropertyExpression expression) {
    String name = expression.getPropertyAsString();
    ClassNode type = types.typeOf(expression.getObjectExpression());
    ClassNode inner = types.component(type);
    if (name == null) {
      makeDynamic(expression);
    } else if (inner != null) {
      ClassNode each = types.property(inner, name);
      if (each == null) {
        reportProperty(inner, name, expression);
      }
      makeDynamic(expression, each == null ? ClassHelper.OBJECT_TYPE : buildListType(each));
    } else {
      reportProperty(type, name, expression);
      makeDynamic(expression);
    }
    return true;
  }

  private void reportProperty(ClassNode receiver, String name, PropertyExpression expression) {
    ClassNode type = members.named(receiver);
    if (type == null) {
      return;
    }
    String hint =
        members.hasMethod(type, name)
            ? "; there is a method: " + name + "()"
            : NearestName.hint(name, members.properties(type));
    types.report(
        "%s has no '%s'%s".formatted(Members.nameOf(type), name, hint), expression.getProperty());
  }

  @Override
  public boolean handleUnresolvedAttribute(AttributeExpression attribute) {
    makeDynamic(attribute);
    return true;
  }

  @Override
  public boolean handleIncompatibleReturnType(ReturnStatement statement, ClassNode inferred) {
    return true;
  }

  @Override
  public void afterMethodCall(MethodCall call) {
    if (call instanceof MethodCallExpression method) {
      forgetGuess(method);
    }
    inferAttempts(call);
  }

  /** Of a value that may be anything a method for all objects is found, but others may run. */
  private void forgetGuess(MethodCallExpression call) {
    ClassNode type = types.typeOf(call.getObjectExpression());
    if (type.equals(ClassHelper.OBJECT_TYPE)) {
      types.infer(call, ClassHelper.OBJECT_TYPE);
    }
  }

  /** {@code parallel(..., keepGoing: true)} gives attempts. */
  private void inferAttempts(MethodCall call) {
    if (!(call instanceof MethodCallExpression method
            && "parallel".equals(call.getMethodAsString()))
        || !isOnScript(types.typeOf(method.getObjectExpression()), method)) {
      return;
    }
    List<Expression> arguments = getArguments(call).getExpressions();
    Expression keepGoing = arguments.isEmpty() ? null : option(arguments.getFirst(), "keepGoing");
    if (keepGoing == null) {
      return;
    }
    boolean sure = keepGoing instanceof ConstantExpression constant && constant.isTrueExpression();
    ClassNode value = types.component(types.typeOf(method));
    ClassNode item = arguments.size() < 2 ? null : types.component(types.typeOf(arguments.get(1)));
    if (sure && value != null) {
      types.infer(method, buildListType(attempt(item, value)));
    } else if (!keepGoing.getText().equals("false")) {
      types.infer(method, ClassHelper.LIST_TYPE.getPlainNodeReference());
    }
  }

  private static ClassNode attempt(@Nullable ClassNode item, ClassNode value) {
    ClassNode attempt = ClassHelper.make(Attempt.class).getPlainNodeReference();
    attempt.setGenericsTypes(
        new GenericsType[] {
          new GenericsType(item == null ? ClassHelper.OBJECT_TYPE : ClassHelper.getWrapper(item)),
          new GenericsType(ClassHelper.getWrapper(value))
        });
    return attempt;
  }

  private static @Nullable Expression option(Expression options, String name) {
    if (options instanceof MapExpression map) {
      for (MapEntryExpression entry : map.getMapEntryExpressions()) {
        if (entry.getKeyExpression().getText().equals(name)) {
          return entry.getValueExpression();
        }
      }
    }
    return null;
  }
}
