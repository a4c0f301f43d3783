package dev.starling.shell.host;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Describes the record that a command returns, as its help shows it: the fields of its JSON form,
 * which scripts read by the same names. A field without a value is null.
 */
final class RecordForm {

  private static final String INDENT = "  ";
  private static final int COLUMN = 24;

  /** Records may hold records of their own kind; nobody needs to read on this far. */
  private static final int MAX_DEPTH = 6;

  private final StringBuilder text = new StringBuilder();

  private RecordForm() {}

  /** One line for each field, those of inner records indented below it. */
  static String of(Class<?> record) {
    RecordForm form = new RecordForm();
    form.fields(record, 1);
    return form.text.toString();
  }

  private void fields(Class<?> record, int depth) {
    for (RecordComponent field : record.getRecordComponents()) {
      String name = INDENT.repeat(depth) + field.getName();
      text.append(name)
          .append(" ".repeat(Math.max(2, COLUMN - name.length())))
          .append(describe(field.getGenericType()))
          .append('\n');
      Class<?> inner = innermost(field.getGenericType());
      if (inner.isRecord() && !ResultPrinter.isText(inner) && depth < MAX_DEPTH) {
        fields(inner, depth + 1);
      }
    }
  }

  private static String describe(Type type) {
    Class<?> raw = raw(type);
    if (Collection.class.isAssignableFrom(raw)) {
      return "list of " + describe(argument(type, 0));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return "object of " + describe(argument(type, 1));
    }
    if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", "));
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return "true or false";
    }
    if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
      return "number";
    }
    return raw == String.class || ResultPrinter.isText(raw) ? "text" : "object";
  }

  private static Class<?> innermost(Type type) {
    Class<?> raw = raw(type);
    if (Collection.class.isAssignableFrom(raw)) {
      return innermost(argument(type, 0));
    }
    return Map.class.isAssignableFrom(raw) ? innermost(argument(type, 1)) : raw;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> named -> named;
      case ParameterizedType generic -> raw(generic.getRawType());
      default -> Object.class;
    };
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[index]
        : Object.class;
  }
}
