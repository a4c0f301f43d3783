package dev.starling.shell.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.job.Progress.Item;
import dev.starling.api.job.Progress.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private final StringWriter screen = new StringWriter();
  private final PrintWriter err = new PrintWriter(screen);
  private final AtomicLong nanos = new AtomicLong();

  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void aPipeGetsOneLineForEachChange() {
    try (PlainProgress progress = new PlainProgress(err, nanos::get)) {
      Item layer = progress.begin("3f2a", State.RESOLVING, -1);
      layer.state(State.DOWNLOADING, 1_234_567);
      layer.advance(1_000_000);
      layer.state(State.DOWNLOADING, 1_234_567);
      layer.advance(234_567);
      layer.finish(State.DONE);
      layer.close();
      progress.line("a word between");
      progress.begin("3f2a", State.PUSHING, 10).close();
      progress.begin("evil\nlabel\u001b[2J", State.EXISTS, -1);
    }
    assertThat(screen.toString())
        .isEqualTo(
            """
            3f2a: resolving
            3f2a: downloading 1.23 MB
            3f2a: done 1.23 MB
            a word between
            3f2a: pushing 10 B
            3f2a: failed
            evil label?[2J: exists
            """);
  }

  /** The block as it stands on a terminal, one paint after another. */
  @Test
  void aTerminalGetsABlockThatIsPaintedOver() {
    LiveProgress progress = new LiveProgress(err, nanos::get);
    Item first = progress.begin("3f2a", State.DOWNLOADING, 100_000_000);
    Item second = progress.begin("77aa01", State.WAITING, -1);
    progress.paint();
    assertThat(VisibleScreen.of(screen.toString()))
        .containsExactly(
            "3f2a    downloading [--------------------] 0 B / 100 MB", "77aa01  waiting");
    pass(2000);
    first.advance(50_000_000);
    second.state(State.CONVERTING, -1);
    second.advance(1500);
    progress.paint();
    progress.line("starling: warning: slow");
    pass(1000);
    first.finish(State.DONE);
    second.close();
    progress.close();
    assertThat(VisibleScreen.of(screen.toString()))
        .containsExactly(
            "starling: warning: slow",
            "3f2a    done        50.0 MB",
            "77aa01  failed      1.50 kB");
    assertThat(screen.toString())
        .contains("3f2a    downloading [##########----------] 50.0 MB / 100 MB  25.0 MB/s")
        .contains("77aa01  converting  1.50 kB");
  }

  @Test
  void whatOthersPrintStandsAboveTheBlock() {
    SharedProgress shared = new SharedProgress(_ -> new LiveProgress(err, nanos::get));
    PrintWriter out = new PrintWriter(new WholeLines(err, shared::beside));
    out.println("before");
    try (ProgressReporter job = shared.join(false)) {
      job.begin("a", State.CONVERTING, -1);
      job.line("painted");
      out.print("one");
      out.println(" line");
      out.print("two lines\nat once\nand the rest");
      assertThat(VisibleScreen.of(screen.toString()))
          .containsExactly(
              "before", "painted", "one line", "two lines", "at once", "a  converting");
      out.flush();
    }
    out.println("after");
    assertThat(screen.toString()).contains("and the rest").endsWith("after\n");
  }

  @Test
  void jobsAtTheSameTimeShareOneBlock() {
    SharedProgress shared = new SharedProgress(_ -> new LiveProgress(err, nanos::get));
    ProgressReporter first = shared.join(false);
    ProgressReporter second = shared.join(false);
    ProgressReporter quiet = shared.join(true);
    Item one = first.begin("a", State.CONVERTING, -1);
    Item two = second.begin("steps", State.WORKING, 4, ProgressReporter.Unit.STEPS);
    quiet.begin("unseen", State.CONVERTING, -1);
    two.advance(1);
    pass(2000);
    second.line("above");
    assertThat(screen.toString()).contains("steps  working     [#####---------------] 1 / 4\u001b");
    one.finish(State.DONE);
    first.close();
    first.close();
    two.finish(State.DONE);
    second.close();
    quiet.close();
    assertThat(VisibleScreen.of(screen.toString()))
        .containsExactly("above", "a      done", "steps  done        1");
    try (ProgressReporter later = shared.join(false)) {
      later.begin("later", State.PUSHING, -1).close();
    }
    assertThat(VisibleScreen.of(screen.toString()))
        .containsExactly("above", "a      done", "steps  done        1", "later  failed");
  }

  @Test
  void manyItemsScrollOutOfTheBlock() {
    LiveProgress progress = new LiveProgress(err, nanos::get);
    for (int i = 0; i < 40; i++) {
      Item item = progress.begin("layer" + i, State.WAITING, -1);
      if (i < 20) {
        item.finish(State.EXISTS);
      }
    }
    progress.paint();
    progress.paint();
    assertThat(VisibleScreen.of(screen.toString()))
        .hasSize(20 + LiveProgress.MAX_LINES)
        .startsWith("layer0   exists")
        .contains("layer34  waiting")
        .endsWith("... and 5 more");
    progress.close();
  }

  @Test
  void quietShowsLogLinesOnly() {
    try (ProgressReporter progress = ProgressReporter.of(ProgressReporter.Mode.NONE, err)) {
      progress.begin("x", State.PUSHING, 3).finish(State.DONE);
      progress.line("a warning");
    }
    assertThat(screen.toString()).isEqualTo("a warning\n");
  }

  @Test
  void manyThreadsMayReport() throws Exception {
    int threads = 8;
    CountDownLatch done = new CountDownLatch(threads);
    try (ProgressReporter progress = ProgressReporter.of(ProgressReporter.Mode.LIVE, err)) {
      Item shared = progress.begin("shared", State.PUSHING, threads * 1000L);
      for (int t = 0; t < threads; t++) {
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < 1000; i++) {
            shared.advance(1);
          }
          done.countDown();
        });
      }
      done.await();
      shared.finish(State.DONE);
    }
    assertThat(VisibleScreen.of(screen.toString())).endsWith("shared  done        8.00 kB");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "9994, 9.99 kB",
    "9996, 10.0 kB",
    "99949, 99.9 kB",
    "999499, 999 kB",
    "999501, 1.00 MB",
    "1234567890, 1.23 GB",
    "9223372036854775807, 9.22 EB"
  })
  void bytesHaveThreeDigits(long count, String text) {
    assertThat(ItemLine.bytes(count)).isEqualTo(text);
  }
}
