package dev.starling.api.command;

import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running command has around it. Thread-safe. */
public interface CommandContext {

  /** Opens sources and sinks; their transfers end when the job is cancelled. */
  Transports transports();

  /** Where progress is reported, layer by layer. */
  Progress progress();

  /** Lines for people on standard error, in the order they are given. */
  Log log();

  /** Whether the job was cancelled. */
  Cancellation cancellation();

  /** Where Starling keeps things. */
  StarlingDirectories directories();

  /**
   * The words that start this program as a process of its own, to be followed by a command's: for
   * work that must outlive the command.
   *
   * @return empty if it cannot be started anew
   */
  default List<String> program() {
    return List.of();
  }

  /**
   * Where a command whose text form is bytes (a manifest, a blob) writes them, instead of through
   * its record. Buffered; the host flushes it and keeps it open.
   *
   * @return the process's or the prompt's output, or null when only the record is wanted: with
   *     {@code --format json} and in scripts
   */
  default @Nullable OutputStream rawOutput() {
    return null;
  }
}
