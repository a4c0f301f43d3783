package dev.starling.shell.script.check;

import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;

/**
 * The variables of a script.
 *
 * @param undeclared those that it assigns without a declaration, anywhere
 * @param all these and the declared ones
 */
record ScriptVariables(Set<String> undeclared, Set<String> all) {

  /** Collects them. */
  static ScriptVariables of(SourceUnit source) {
    Set<String> undeclared = new HashSet<>();
    Set<String> all = new HashSet<>();
    ClassCodeVisitorSupport visitor =
        new ClassCodeVisitorSupport() {
          @Override
          protected SourceUnit getSourceUnit() {
            return source;
          }

          @Override
          public void visitBinaryExpression(BinaryExpression expression) {
            if (expression.getOperation().getText().equals("=")) {
              assign(expression.getLeftExpression());
            }
            super.visitBinaryExpression(expression);
          }

          private void assign(Expression target) {
            if (target instanceof TupleExpression several) {
              several.getExpressions().forEach(this::assign);
            } else if (target instanceof VariableExpression variable
                && variable.getAccessedVariable() instanceof DynamicVariable) {
              undeclared.add(variable.getName());
            }
          }

          @Override
          public void visitVariableExpression(VariableExpression variable) {
            if (!(variable.getAccessedVariable() instanceof DynamicVariable)) {
              all.add(variable.getName());
            }
            super.visitVariableExpression(variable);
          }
        };
    for (ClassNode node : source.getAST().getClasses()) {
      visitor.visitClass(node);
    }
    all.addAll(undeclared);
    return new ScriptVariables(undeclared, all);
  }
}
