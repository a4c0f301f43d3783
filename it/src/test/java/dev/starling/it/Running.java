package dev.starling.it;

import dev.starling.testkit.peer.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A run whose output is read as it comes. */
final class Running implements AutoCloseable {
  final Process process;
  private final BufferedReader out;

  Running(Program program) throws IOException {
    process = program.builder().redirectErrorStream(true).start();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  void await(String wanted) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(wanted)) {
        return;
      }
      seen.add(line);
    }
    throw new IOException("it ended without " + wanted + ": " + seen);
  }

  void signal(String name) throws IOException, InterruptedException {
    Program.of("kill", "-" + name, Long.toString(process.pid())).check();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
