package dev.starling.api.command;

import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;

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
}
