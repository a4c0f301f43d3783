package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** JSON as values, and values as JSON. */
final class JsonText {

  private JsonText() {}

  static @Nullable Object parse(String text) throws CommandException {
    try {
      return JsonMapper.shared().readValue(text, Object.class);
    } catch (JacksonException e) {
      TokenStreamLocation where = e.getLocation();
      throw new CommandException(
          "the text is no JSON: "
              + e.getOriginalMessage()
              + (where == null ? "" : " (line " + where.getLineNr() + ")"),
          e);
    }
  }

  static String of(@Nullable Object value) throws CommandException {
    try {
      return JsonMapper.shared().writeValueAsString(plain(value));
    } catch (JacksonException e) {
      throw new CommandException("toJson: " + e.getOriginalMessage(), e);
    }
  }

  /** Groovy's texts are objects with many properties to Jackson. */
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case CharSequence text -> text.toString();
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((key, each) -> all.put(String.valueOf(key), plain(each)));
        yield all;
      }
      case Collection<?> many -> {
        List<@Nullable Object> all = new ArrayList<>();
        many.forEach(each -> all.add(plain(each)));
        yield all;
      }
      default -> value;
    };
  }
}
