package dev.starling.shell.prompt;

import dev.starling.shell.host.Console;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.jobs.BackgroundJob;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.jobs.Screen;
import dev.starling.shell.progress.ProgressReporter;
import dev.starling.shell.session.Pager;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;

/**
 * The terminal as the prompt, the foreground and background jobs share it: jobs show their progress
 * in lines at the bottom and print above what is being typed or painted. Thread-safe.
 */
final class PromptScreen implements Screen {

  private static final long PERIOD_NANOS = 250_000_000;
  private static final int MOST_LINES = 5;
  private static final AttributedStyle STYLE =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

  private final Terminal terminal;
  private final ShellReader reader;
  private final JobTable jobs;
  private final Console console;
  private final Runnable onChange;
  private volatile @Nullable ProgressReporter front;
  private volatile boolean suspended;
  private int shown; // touched by one painter at a time
  private @Nullable Thread painter;

  /**
   * @param console where the foreground prints
   * @param onChange called when a job began or ended
   */
  PromptScreen(
      Terminal terminal, ShellReader reader, JobTable jobs, Console console, Runnable onChange) {
    this.terminal = terminal;
    this.reader = reader;
    this.jobs = jobs;
    this.console = console;
    this.onChange = onChange;
  }

  /** The scope of what runs in the foreground. */
  JobScope foreground() {
    return new JobScope(
        console,
        quiet -> {
          ProgressReporter reporter = ProgressReporter.of(console.progress(quiet), console.err());
          front = reporter;
          return reporter;
        });
  }

  @Override
  public void above(String line) {
    ProgressReporter reporter = front;
    if (reader.isReading() || reporter == null) {
      reader.printAbove(line);
    } else {
      reporter.line(line);
    }
  }

  @Override
  public synchronized void changed() {
    onChange.run();
    if (painter == null && isAble() && !jobs.running().isEmpty()) {
      painter = Thread.ofVirtual().name("starling-status").start(this::paint);
    }
  }

  private boolean isAble() {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  private void paint() {
    while (true) {
      show(lines());
      synchronized (this) {
        if (jobs.running().isEmpty()) {
          show(List.of());
          painter = null;
          return;
        }
      }
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  private List<AttributedString> lines() {
    List<BackgroundJob> running = jobs.running();
    int each = Math.max(1, MOST_LINES / Math.max(1, running.size()));
    List<AttributedString> lines = new ArrayList<>();
    for (BackgroundJob job : running) {
      List<String> items = job.progress(each);
      if (items.isEmpty()) {
        items = List.of(job.line());
      }
      for (String item : items) {
        if (lines.size() < MOST_LINES) {
          lines.add(line("[" + job.number() + "] " + item));
        }
      }
    }
    return lines;
  }

  private AttributedString line(String text) {
    AttributedString line = new AttributedString(text, STYLE);
    return line.columnSubSequence(0, Math.max(1, terminal.getColumns() - 1));
  }

  private void show(List<AttributedString> lines) {
    reader.exclusively(() -> {
      Status status = Status.getStatus(terminal);
      if (status != null && !suspended) {
        if (lines.isEmpty()) { // it would leave what is there
          status.update(Collections.nCopies(shown, AttributedString.EMPTY));
        }
        status.update(lines);
        shown = lines.size();
      }
    });
  }

  /** The pager, with the bottom lines away while it has the terminal. */
  Pager pager(Pager program) {
    return () -> {
      OutputStream text = program.open();
      suspend(true);
      return new FilterOutputStream(text) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          text.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          try {
            super.close();
          } finally {
            suspend(false);
          }
        }
      };
    };
  }

  private void suspend(boolean wanted) {
    if (wanted) {
      show(List.of());
    }
    suspended = wanted;
  }
}
