package dev.starling.shell.script.check;

import java.util.HashMap;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;
import org.jspecify.annotations.Nullable;

/**
 * Groovy's type checker, which infers types and keeps silent: what it cannot prove may well run.
 * Remembers what the script's variables without a declaration were assigned.
 */
final class TypeVisitor extends StaticTypeCheckingVisitor {

  private final Map<String, ClassNode> assigned = new HashMap<>();

  TypeVisitor(SourceUnit source, ClassNode node) {
    super(source, node);
  }

  /** Reports a mistake, unless what is being tried out is discarded. */
  void report(String message, ASTNode node) {
    typeCheckingContext
        .getErrorCollector()
        .addErrorAndContinue(
            new SyntaxErrorMessage(new SyntaxException(message, node), getSourceUnit()));
  }

  @Override
  public void addError(String message, ASTNode node) {
    // see the class
  }

  @Override
  protected void addStaticTypeError(String message, ASTNode node) {
    // see the class
  }

  /** The inferred type. */
  ClassNode typeOf(ASTNode node) {
    return getType(node);
  }

  /** The type of a value's property; null if it has none of that name. */
  @Nullable ClassNode property(ClassNode type, String name) {
    VariableExpression value = new VariableExpression("value", type);
    PropertyExpression property = new PropertyExpression(value, name);
    return existsProperty(property, true) ? getType(property) : null;
  }

  /** What a collection or array holds; null if the type is neither. */
  @Nullable ClassNode component(ClassNode type) {
    boolean many =
        type.isArray()
            || (type.implementsInterface(ClassHelper.ITERABLE_TYPE)
                || type.equals(ClassHelper.ITERABLE_TYPE));
    return many ? inferLoopElementType(type) : null;
  }

  /** Whether the variable is what an assignment sets. */
  boolean isTarget(VariableExpression variable) {
    return typeCheckingContext.isTargetOfEnclosingAssignment(variable);
  }

  /** What an undeclared variable was assigned so far; Object if that was of several types. */
  ClassNode assigned(String name) {
    return assigned.getOrDefault(name, ClassHelper.OBJECT_TYPE);
  }

  @Override
  public void visitBinaryExpression(BinaryExpression expression) {
    super.visitBinaryExpression(expression);
    if (expression.getLeftExpression() instanceof VariableExpression variable
        && variable.getAccessedVariable() instanceof DynamicVariable
        && expression.getOperation().getText().equals("=")) {
      ClassNode type = getType(expression.getRightExpression());
      ClassNode before = assigned.putIfAbsent(variable.getName(), type);
      if (before != null && !before.toString(false).equals(type.toString(false))) {
        assigned.put(variable.getName(), ClassHelper.OBJECT_TYPE);
      }
    }
  }

  /** Sets the inferred type. */
  void infer(ASTNode node, ClassNode type) {
    node.putNodeMetaData(StaticTypesMarker.INFERRED_TYPE, type);
  }
}
