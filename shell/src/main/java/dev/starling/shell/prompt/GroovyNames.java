package dev.starling.shell.prompt;

import dev.starling.shell.host.CommandHost;
import dev.starling.shell.session.Variables;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jline.reader.Candidate;
import org.jspecify.annotations.Nullable;

/** Completes Groovy: variables, commands as methods, and the fields of the records in variables. */
record GroovyNames(Variables variables, CommandHost host) {

  void complete(String typed, List<Candidate> candidates) {
    int dot = typed.lastIndexOf('.');
    if (dot < 0) {
      variables.names().forEach(name -> candidates.add(candidate(name, name, "variables")));
      host.commands()
          .scriptNames()
          .forEach(name -> candidates.add(candidate(name + "(", name + "()", "commands")));
      return;
    }
    Class<?> type = type(typed.substring(0, dot));
    if (type != null && type.isRecord()) {
      for (RecordComponent field : type.getRecordComponents()) {
        candidates.add(
            candidate(typed.substring(0, dot + 1) + field.getName(), field.getName(), "fields"));
      }
    }
  }

  /** The type of {@code variable.field.field}; null if it is not known. */
  private @Nullable Class<?> type(String path) {
    String[] names = path.split("\\.", -1);
    Object value = variables.get(names[0]);
    Class<?> type = value == null ? null : value.getClass();
    for (int i = 1; i < names.length && type != null; i++) {
      type = field(type, names[i]);
    }
    return type;
  }

  private static @Nullable Class<?> field(Class<?> record, String name) {
    if (record.isRecord()) {
      for (RecordComponent field : record.getRecordComponents()) {
        if (field.getName().equals(name)) {
          return field.getType();
        }
      }
    }
    return null;
  }

  private static Candidate candidate(String value, String shown, String group) {
    return new Candidate(value, shown, group, null, null, null, false);
  }
}
