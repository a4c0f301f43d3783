package dev.starling.optimize.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What an OCI runtime logs as JSON lines, apart from what the container's process writes. */
record RuntimeLog(Path file) {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final int MAX_SIZE = 1 << 20;
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final int OTHER = 125;

  RuntimeLog {
    file = file.toAbsolutePath();
  }

  /**
   * Throws if the runtime says that it could not start the process. Without that, an exit code is
   * the process's own.
   *
   * @throws RuntimeFailedException if so
   */
  void failIfRefused() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8);
    }
    for (String line : text.lines().toList().reversed()) {
      String error = error(line);
      if (!error.isEmpty()) {
        throw new RuntimeFailedException("the container did not start: " + error, code(error));
      }
    }
  }

  private static String error(String line) {
    try {
      JsonNode entry = MAPPER.readTree(line);
      return entry.path("level").asString("").equals("error")
          ? entry.path("msg").asString("").replace('\n', ' ').strip()
          : "";
    } catch (JacksonException e) {
      return "";
    }
  }

  private static int code(String error) {
    if (error.contains("executable file not found")
        || error.contains("no such file or directory")) {
      return error.contains("exec") ? NOT_FOUND : OTHER;
    }
    return error.contains("exec") && error.contains("permission denied") ? NOT_EXECUTABLE : OTHER;
  }
}
