package dev.starling.shell.script.check;

import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.tools.WideningCategories.LowestUpperBoundClassNode;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a type has, with what Groovy adds to it.
 *
 * @param loader where Groovy's extensions are looked up
 */
record Members(ClassLoader loader) {

  private static final Set<String> CATCH_ALL =
      Set.of("methodMissing", "propertyMissing", "getProperty", "invokeMethod");

  /**
   * The type, or that of the class if it is a class.
   *
   * @return null if its values may have members that it does not name
   */
  @Nullable ClassNode named(ClassNode type) {
    ClassNode plain = type;
    if (type.equals(ClassHelper.CLASS_Type) && type.isUsingGenerics()) {
      plain = type.getGenericsTypes()[0].getType();
    }
    plain = ClassHelper.getWrapper(plain);
    boolean open =
        plain.equals(ClassHelper.OBJECT_TYPE)
            || plain.isGenericsPlaceHolder()
            || plain.isArray()
            || plain instanceof LowestUpperBoundClassNode
            || plain.getName().startsWith("<") // one of several types
            || plain.equals(ClassHelper.make(GroovyObject.class))
            || plain.isDerivedFrom(ClassHelper.make(Closure.class))
            || is(plain, ClassHelper.MAP_TYPE)
            || (!plain.isDerivedFrom(ClassHelper.SCRIPT_TYPE) && catchesAll(plain));
    return open ? null : plain.redirect();
  }

  /** The type's name as scripts know it. */
  static String nameOf(ClassNode type) {
    String name = type.getNameWithoutPackage();
    return name.substring(name.lastIndexOf('$') + 1);
  }

  private static boolean is(ClassNode type, ClassNode of) {
    return type.equals(of) || type.implementsInterface(of);
  }

  private static boolean catchesAll(ClassNode type) {
    for (ClassNode each = type; each != null; each = each.getSuperClass()) {
      for (MethodNode method : each.getMethods()) {
        if (CATCH_ALL.contains(method.getName()) && !method.isSynthetic()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether there is a method of that name, whatever its parameters. */
  boolean hasMethod(ClassNode type, String name) {
    return !type.getMethods(name).isEmpty()
        || type.getAllInterfaces().stream().anyMatch(face -> !face.getMethods(name).isEmpty())
        || !ClassHelper.OBJECT_TYPE.getMethods(name).isEmpty()
        || !StaticTypeCheckingSupport.findDGMMethodsForClassNode(loader, type, name).isEmpty();
  }

  /** The names of its own methods. */
  Set<String> methods(ClassNode type) {
    Set<String> names = new HashSet<>();
    for (ClassNode each = type; each != null; each = each.getSuperClass()) {
      each.getMethods().stream()
          .filter(MethodNode::isPublic)
          .map(MethodNode::getName)
          .filter(name -> !name.contains("$"))
          .forEach(names::add);
    }
    type.getAllInterfaces().forEach(face -> face.getMethods().forEach(m -> names.add(m.getName())));
    return names;
  }

  /** The names that can stand after a dot without parentheses. */
  Set<String> properties(ClassNode type) {
    Set<String> names = new HashSet<>();
    if (type.isRecord()) {
      type.getRecordComponents().forEach(component -> names.add(component.getName()));
    }
    type.getFields().stream()
        .filter(FieldNode::isPublic)
        .map(FieldNode::getName)
        .forEach(names::add);
    type.getProperties().stream().map(PropertyNode::getName).forEach(names::add);
    for (String method : methods(type)) {
      if (method.matches("(get|is)[A-Z].*")) {
        String bare = method.substring(method.startsWith("is") ? 2 : 3);
        names.add(Character.toLowerCase(bare.charAt(0)) + bare.substring(1));
      }
    }
    return names;
  }
}
