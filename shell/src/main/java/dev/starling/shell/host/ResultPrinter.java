package dev.starling.shell.host;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.reference.Reference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Prints what commands return. */
public final class ResultPrinter {

  /** Values whose JSON form is their text. */
  private static final List<Class<?>> AS_TEXT =
      List.of(
          Digest.class,
          MediaType.class,
          Path.class,
          Platform.class,
          Reference.class,
          Duration.class,
          Instant.class);

  private ResultPrinter() {}

  /** Prints the result in the given form and flushes. */
  public static void print(CommandResult result, OutputFormat format, PrintWriter out) {
    switch (format) {
      case TEXT -> result.writeText(out);
      case JSON -> out.println(json(result));
    }
    out.flush();
  }

  /** The value as an indented JSON document. */
  public static String json(@Nullable Object value) {
    SimpleModule module = new SimpleModule("starling");
    for (Class<?> type : AS_TEXT) {
      module.addSerializer(type, ToStringSerializer.instance);
    }
    return JsonMapper.builder()
        .addModule(module)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(value);
  }
}
