package dev.starling.snapshot.control;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a client again and again that the daemon lives, until it is closed. Thread-safe. */
final class Pulse implements Closeable {

  private final CountDownLatch answered = new CountDownLatch(1);

  private Pulse() {}

  static Pulse start(Connection connection, Duration period) {
    Pulse pulse = new Pulse();
    Thread.ofVirtual().name("starling-pulse").start(() -> pulse.run(connection, period));
    return pulse;
  }

  private void run(Connection connection, Duration period) {
    try {
      while (!answered.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
        connection.write(Message.ALIVE, "");
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, which whoever reads from it sees as well.
    }
  }

  /** An interrupt would close the connection, if it came during a write. */
  @Override
  public void close() {
    answered.countDown();
  }
}
