package dev.starling.api.command;

import dev.starling.api.image.Platform;
import java.util.List;
import java.util.function.Consumer;

/** Completes platforms: this machine's, then those that images are commonly made for. */
public final class PlatformNames implements ValueCompletion {

  private static final List<String> COMMON =
      List.of(
          "linux/amd64",
          "linux/arm64",
          "linux/arm/v7",
          "linux/arm/v6",
          "linux/386",
          "linux/ppc64le",
          "linux/riscv64",
          "linux/s390x",
          "windows/amd64");

  /** For picocli. */
  public PlatformNames() {}

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) {
    String own = Platform.host().toString();
    found.accept(new Suggestion(own, "this machine", true));
    COMMON.stream().filter(name -> !name.equals(own)).map(Suggestion::of).forEach(found);
  }

  @Override
  public boolean isFixed() {
    return true;
  }
}
