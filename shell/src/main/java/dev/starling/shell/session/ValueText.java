package dev.starling.shell.session;

import dev.starling.api.command.CommandResult;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the shell prints values: results as their commands do, a list of records as a table. */
final class ValueText {

  private static final String GAP = "  ";

  private ValueText() {}

  /** Prints the value, in lines; nothing for null. */
  static void write(@Nullable Object value, PrintWriter out) {
    switch (value) {
      case null -> {}
      case CommandResult result -> result.writeText(out);
      case Collection<?> many when isTable(many) -> table(many, out);
      case Collection<?> many -> many.forEach(one -> out.println(one));
      case Object[] many -> Arrays.asList(many).forEach(one -> out.println(one));
      default -> out.println(value);
    }
  }

  private static boolean isTable(Collection<?> many) {
    Object first = many.isEmpty() ? null : many.iterator().next();
    return first instanceof Record
        && many.stream().allMatch(one -> one != null && one.getClass() == first.getClass());
  }

  private static void table(Collection<?> records, PrintWriter out) {
    RecordComponent[] fields = records.iterator().next().getClass().getRecordComponents();
    List<List<String>> rows = new ArrayList<>();
    rows.add(Arrays.stream(fields).map(field -> field.getName().toUpperCase(Locale.ROOT)).toList());
    try {
      for (Object record : records) {
        List<String> row = new ArrayList<>();
        for (RecordComponent field : fields) {
          row.add(cell(field.getAccessor().invoke(record)));
        }
        rows.add(row);
      }
    } catch (ReflectiveOperationException e) {
      records.forEach(one -> out.println(one)); // its plugin keeps it to itself
      return;
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length())).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case Collection<?> many when many.isEmpty() -> "-";
      case Collection<?> many ->
          many.stream().map(String::valueOf).collect(Collectors.joining(","));
      default -> String.valueOf(value).lines().findFirst().orElse("");
    };
  }
}
