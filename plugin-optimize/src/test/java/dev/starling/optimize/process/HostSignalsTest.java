package dev.starling.optimize.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Signals that this process sends to itself. */
class HostSignalsTest {

  @Test
  void aTakenSignalIsTold() throws Exception {
    BlockingQueue<HostSignals.Name> outer = new LinkedBlockingQueue<>();
    BlockingQueue<HostSignals.Name> inner = new LinkedBlockingQueue<>();
    String self = Long.toString(ProcessHandle.current().pid());
    try (HostSignals _ = HostSignals.take(outer::add)) {
      try (HostSignals _ = HostSignals.take(inner::add)) {
        // The others are ignored by some of those who start tests.
        assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
        assertThat(inner.poll(1, TimeUnit.MINUTES)).isEqualTo(HostSignals.Name.TERM);
      }
      assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
      assertThat(outer.poll(1, TimeUnit.MINUTES)).isEqualTo(HostSignals.Name.TERM);
      assertThat(inner).isEmpty();
    }
  }
}
