package dev.starling.shell;

import dev.starling.shell.config.Settings;
import dev.starling.shell.config.SettingsLoader;
import dev.starling.shell.config.Surroundings;
import dev.starling.shell.host.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process's settings, read when they are first asked for. Thread-safe. */
final class SharedSettings implements Supplier<Settings> {

  private final Console console;
  private @Nullable Settings settings;

  SharedSettings(Console console) {
    this.console = console;
  }

  @Override
  public synchronized Settings get() {
    Settings read = settings;
    if (read == null) {
      try {
        read = new SettingsLoader(Surroundings.current()).load(this::warn);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      settings = read;
    }
    return read;
  }

  private void warn(String line) {
    console.err().println("starling: warning: " + line);
    console.err().flush();
  }
}
