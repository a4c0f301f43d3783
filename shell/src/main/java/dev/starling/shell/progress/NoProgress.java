package dev.starling.shell.progress;

import java.io.PrintWriter;

/** Shows log lines and nothing else. */
final class NoProgress implements ProgressReporter {

  private final PrintWriter err;

  NoProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public Item begin(String label, State state, long total, Unit unit) {
    return Silent.ITEM;
  }

  @Override
  public synchronized void line(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    err.flush();
  }

  enum Silent implements Item {
    ITEM;

    @Override
    public void state(State state, long totalBytes) {}

    @Override
    public void advance(long bytes) {}

    @Override
    public void finish(State state) {}

    @Override
    public void close() {}
  }
}
