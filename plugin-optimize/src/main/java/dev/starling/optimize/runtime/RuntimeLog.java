package dev.starling.optimize.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
   * @param exitCode the runtime's; with 0 the process was started, whatever else was logged
   * @throws RuntimeFailedException if so
   */
  void failIfRefused(int exitCode) throws IOException {
    if (exitCode == 0 || !Files.exists(file)) {
      return;
    }
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8);
    }
    for (String line : text.lines().toList().reversed()) {
      String error = error(line);
      if (!error.isEmpty()) {
        throw new RuntimeFailedException(
            "the container did not start: " + error + advice(error), code(error));
      }
    }
  }

  private static String advice(String error) {
    return error.contains("cgroups in hybrid mode")
        ? "; this runtime does not know control groups of both versions side by side, as this"
            + " machine has them: name another by --runtime, such as runc"
        : "";
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
    String text = error.toLowerCase(Locale.ROOT);
    if (!text.contains("exec")) {
      return OTHER;
    }
    if (text.contains("executable file not found")
        || text.contains("executable file `")
        || text.contains("no such file or directory")) {
      return NOT_FOUND;
    }
    boolean refused =
        text.contains("permission denied")
            || text.contains("is a directory")
            || text.contains("exec format error");
    return refused ? NOT_EXECUTABLE : OTHER;
  }
}
