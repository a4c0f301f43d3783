package dev.starling.convert;

import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the progress that was reported. */
final class Recorder implements Progress {

  private final List<State> states = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  long conversions() {
    return states.stream().filter(State.CONVERTING::equals).count();
  }

  List<String> lines() {
    return lines;
  }

  Log log() {
    return new Log() {
      @Override
      public void info(String line) {
        lines.add(line);
      }

      @Override
      public void warn(String line) {
        lines.add(line);
      }

      @Override
      public void debug(String line) {}
    };
  }

  @Override
  public Item begin(String label, State state, long totalBytes) {
    states.add(state);
    return new Item() {
      @Override
      public void state(State next, long bytes) {
        states.add(next);
      }

      @Override
      public void advance(long bytes) {}

      @Override
      public void finish(State last) {}

      @Override
      public void close() {}
    };
  }
}
