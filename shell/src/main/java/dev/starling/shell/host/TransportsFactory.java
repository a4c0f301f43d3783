package dev.starling.shell.host;

import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.shell.config.Settings;
import java.io.IOException;

/**
 * Makes the transports of each job. One factory serves all jobs of a process, so that they share
 * connections; it is made when the first job asks for its transports. The shell's module {@code
 * provides} it. Thread-safe.
 */
public interface TransportsFactory extends AutoCloseable {

  /**
   * What the transports of one job are bound to.
   *
   * @param settings what is configured; read once a process
   * @param cancellation ends the job's transfers
   * @param log for lines that people should see, for example a retry
   */
  record Job(Settings settings, Cancellation cancellation, Log log) {}

  /**
   * The transports of one job.
   *
   * @throws IOException if the local image store cannot be opened
   */
  Transports open(Job job) throws IOException;

  /** Ends idle connections. */
  @Override
  default void close() {}
}
