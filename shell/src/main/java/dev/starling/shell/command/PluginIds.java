package dev.starling.shell.command;

import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.FileNames;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import dev.starling.shell.plugin.PluginInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Completes the ids of the plugins that a command can do something with. */
final class PluginIds implements ValueCompletion {

  private final FileNames files = new FileNames();

  /** For picocli. */
  PluginIds() {}

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) throws IOException {
    if (!(request.command() instanceof AboutPlugin command)) {
      return;
    }
    if (!request.typed().contains("/")) {
      for (PluginInfo plugin : command.plugins().known()) {
        if (command.fits(plugin.state())) {
          String state = plugin.state().name().toLowerCase(Locale.ROOT);
          found.accept(new Suggestion(plugin.id(), plugin.version() + ", " + state, true));
        }
      }
    }
    if (command.takesFiles()) {
      files.complete(request, found);
    }
  }

  @Override
  public String scope(String typed) {
    return files.scope(typed);
  }

  @Override
  public Duration freshFor() {
    return Duration.ZERO;
  }
}
