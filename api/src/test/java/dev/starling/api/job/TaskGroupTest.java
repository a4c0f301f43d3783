package dev.starling.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskGroupTest {

  private final Cancellation cancellation = new Cancellation();

  @Test
  void runsNoMoreThanTheBoundAtATime() throws IOException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (TaskGroup group = TaskGroup.forTransfers(3, cancellation)) {
      for (int i = 0; i < 20; i++) {
        group.fork(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.sleep(5);
          running.decrementAndGet();
        });
      }
      group.join();
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void theFirstFailureInterruptsTheOthersAndIsTheOneReported() {
    try (TaskGroup group = TaskGroup.forTransfers(2, cancellation)) {
      CountDownLatch waiting = new CountDownLatch(1);
      Future<Object> stuck =
          group.submit(() -> {
            waiting.countDown();
            new CountDownLatch(1).await();
            return "never";
          });
      group.fork(() -> {
        waiting.await();
        throw new IOException("disk full");
      });
      assertThatThrownBy(group::join).isInstanceOf(IOException.class).hasMessage("disk full");
      assertThatThrownBy(() -> group.await(stuck)).hasMessage("disk full");
    }
  }

  @Test
  void whatComesAfterAFailureIsNotRunAndTellsOfIt() throws IOException {
    try (TaskGroup group = TaskGroup.forTransfers(2, cancellation)) {
      group.fork(() -> {
        throw new IOException("disk full");
      });
      assertThatThrownBy(group::join).hasMessage("disk full");
      AtomicInteger ran = new AtomicInteger();
      Future<Integer> late = group.submit(ran::incrementAndGet);
      assertThatThrownBy(() -> group.await(late)).hasMessage("disk full");
      assertThatThrownBy(group::join).hasMessage("disk full");
      assertThat(ran).hasValue(0);
    }
  }

  @Test
  void cancellingTheJobEndsWaitingParts() {
    try (TaskGroup group = TaskGroup.forComputing(1, cancellation)) {
      group.fork(() -> {
        cancellation.request();
        new CountDownLatch(1).await();
      });
      assertThatThrownBy(group::join).isInstanceOf(CancellationException.class);
    }
  }
}
