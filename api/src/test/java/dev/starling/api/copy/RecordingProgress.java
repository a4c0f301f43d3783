package dev.starling.api.copy;

import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the states that each item went through, the bytes it counted, and the log's lines. */
final class RecordingProgress implements Progress, Log {

  final Map<String, List<State>> states = new ConcurrentHashMap<>();
  final Map<String, AtomicLong> bytes = new ConcurrentHashMap<>();
  final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @Override
  public Item begin(String label, State state, long totalBytes) {
    List<State> seen =
        states.computeIfAbsent(label, key -> Collections.synchronizedList(new ArrayList<>()));
    AtomicLong count = bytes.computeIfAbsent(label, key -> new AtomicLong());
    seen.add(state);
    return new Item() {
      private boolean finished;

      @Override
      public void state(State next, long total) {
        seen.add(next);
      }

      @Override
      public void advance(long more) {
        count.addAndGet(more);
      }

      @Override
      public void finish(State last) {
        finished = true;
        seen.add(last);
      }

      @Override
      public void close() {
        if (!finished) {
          seen.add(State.FAILED);
        }
      }
    };
  }

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
}
