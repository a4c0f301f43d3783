package org.example.sizereport;

import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import java.util.List;
import java.util.function.Consumer;

/** Completes folders that large things often lie in. */
public final class Folders implements ValueCompletion {

  private static final List<Suggestion> COMMON =
      List.of(
          new Suggestion("/usr/lib", "libraries", true),
          new Suggestion("/usr/share", "documentation, time zones, locales", true),
          new Suggestion("/usr/local", "what was built for the image", true),
          new Suggestion("/opt", "what was unpacked for the image", true),
          new Suggestion("/var/cache", "what should not be there", true),
          new Suggestion("/var/lib", "the package manager's", true));

  /** For picocli. */
  public Folders() {}

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) {
    COMMON.forEach(found);
  }
}
