package dev.starling.snapshot.cache;

import dev.starling.api.job.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines, each with its level in front. */
public final class RecordingLog implements Log {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What was logged so far. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void info(String line) {
    lines.add("info: " + line);
  }

  @Override
  public void warn(String line) {
    lines.add("warn: " + line);
  }

  @Override
  public void debug(String line) {
    lines.add("debug: " + line);
  }
}
