package dev.starling.shell.host;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import dev.starling.shell.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One job's surroundings; the transports are opened when they are first asked for. */
final class JobContext implements CommandContext {

  private final Supplier<TransportsFactory> factory;
  private final Progress progress;
  private final Log log;
  private final Cancellation cancellation;
  private final Supplier<Settings> settings;
  private final List<String> program;
  private final @Nullable OutputStream raw;
  private @Nullable Transports transports;

  JobContext(
      Supplier<TransportsFactory> factory,
      Progress progress,
      Log log,
      Cancellation cancellation,
      Supplier<Settings> settings,
      List<String> program,
      @Nullable OutputStream raw) {
    this.factory = factory;
    this.progress = progress;
    this.log = log;
    this.cancellation = cancellation;
    this.settings = settings;
    this.program = program;
    this.raw = raw;
  }

  @Override
  public synchronized Transports transports() {
    Transports open = transports;
    if (open == null) {
      try {
        open = factory.get().open(new TransportsFactory.Job(settings.get(), cancellation, log));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // the host shows its cause
      }
      transports = open;
    }
    return open;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Log log() {
    return log;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public StarlingDirectories directories() {
    return settings.get().directories();
  }

  @Override
  public List<String> program() {
    return program;
  }

  @Override
  public @Nullable OutputStream rawOutput() {
    return raw;
  }
}
