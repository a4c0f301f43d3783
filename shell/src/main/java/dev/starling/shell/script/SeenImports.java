package dev.starling.shell.script;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jspecify.annotations.Nullable;

/** Looks which imports a text has, so that the next one can have them too. Not thread-safe. */
final class SeenImports extends CompilationCustomizer {

  private final Set<String> known = new HashSet<>();
  private @Nullable ModuleNode last;

  SeenImports() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    last = source.getAST();
  }

  /** Adds the imports of the text that was compiled last. */
  void addTo(ImportCustomizer imports) {
    ModuleNode module = last;
    if (module == null) {
      return;
    }
    module.getImports().forEach(added(i -> imports.addImport(i.getAlias(), i.getClassName())));
    module.getStarImports().forEach(added(i -> imports.addStarImports(packageOf(i))));
    module
        .getStaticImports()
        .values()
        .forEach(
            added(i -> imports.addStaticImport(i.getAlias(), i.getClassName(), i.getFieldName())));
    module
        .getStaticStarImports()
        .values()
        .forEach(added(i -> imports.addStaticStars(i.getClassName())));
  }

  private static String packageOf(ImportNode star) {
    String name = star.getPackageName();
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private Consumer<ImportNode> added(Consumer<ImportNode> add) {
    return node -> {
      if (known.add(node.getText())) {
        add.accept(node);
      }
    };
  }
}
