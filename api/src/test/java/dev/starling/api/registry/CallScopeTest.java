package dev.starling.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.job.Cancellation;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallScopeTest {

  @Test
  void endsWithItsJob() {
    AtomicInteger closed = new AtomicInteger();
    Cancellation job = new Cancellation();
    CallScope scope = new CallScope(_ -> closed.incrementAndGet());
    scope.endWith(job);
    assertThat(scope.isClosed()).isFalse();
    job.request();
    assertThat(scope.isClosed()).isTrue();
    assertThat(closed).hasValue(1);
    CallScope late = new CallScope(_ -> closed.incrementAndGet());
    late.endWith(job);
    assertThat(closed).hasValue(2);
  }

  /** A daemon's job never ends; what it opened would pile up. */
  @Test
  void aClosedOneIsNotKeptByItsJob() throws InterruptedException {
    Cancellation job = new Cancellation();
    WeakReference<CallScope> scope = closed(job);
    for (int i = 0; i < 100 && scope.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(scope.get()).isNull();
    assertThat(job.isRequested()).isFalse();
  }

  private static WeakReference<CallScope> closed(Cancellation job) {
    CallScope scope = new CallScope(_ -> {});
    scope.endWith(job);
    scope.close();
    return new WeakReference<>(scope);
  }
}
