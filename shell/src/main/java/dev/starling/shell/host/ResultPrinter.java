package dev.starling.shell.host;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.reference.Reference;
import java.io.IOException;
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

  /** Whether values of this type are text in JSON, whatever they are made of. */
  static boolean isText(Class<?> type) {
    return AS_TEXT.stream().anyMatch(known -> known.isAssignableFrom(type));
  }

  /**
   * Prints the result in the given form and flushes.
   *
   * @throws IOException if it could not be written
   */
  public static void print(CommandResult result, OutputFormat format, PrintWriter out)
      throws IOException {
    switch (format) {
      case TEXT -> result.writeText(out);
      case JSON -> out.println(json(result));
    }
    if (out.checkError()) {
      throw new IOException(
          "cannot write the result: is the disk full, or did the reader of the output go away?");
    }
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
