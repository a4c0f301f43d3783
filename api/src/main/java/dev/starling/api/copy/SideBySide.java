package dev.starling.api.copy;

import dev.starling.api.job.Cancellation;
import dev.starling.api.job.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;

/**
 * Runs transfers under one bound and collects their results.
 *
 * @param parallelism how many run at a time
 * @param cancellation ends them
 */
record SideBySide(int parallelism, Cancellation cancellation) {

  /**
   * Runs all of them.
   *
   * @return the results in the tasks' order
   * @throws IOException the first failure
   */
  <T> List<T> run(List<Callable<T>> tasks) throws IOException {
    try (TaskGroup group = TaskGroup.forTransfers(parallelism, cancellation)) {
      List<Future<T>> futures = new ArrayList<>();
      try {
        for (Callable<T> task : tasks) {
          futures.add(group.submit(task));
        }
      } catch (CancellationException e) {
        group.join(); // throws what made the group refuse
        throw e;
      }
      group.join();
      return futures.stream().map(Future::resultNow).toList();
    }
  }
}
