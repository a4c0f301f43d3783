package dev.starling.api.command;

import dev.starling.api.content.Transports;
import picocli.CommandLine.Option;

/** The options of every command that talks to a registry; a picocli mixin. */
public final class RegistryOptions {

  /** Options of which none is given; picocli fills them in. */
  public RegistryOptions() {}

  private static final String NAME = "--plain-http";
  private static final String DESCRIPTION =
      "Allow plain HTTP. Loopback registries need no permission.";

  @Option(names = NAME, description = DESCRIPTION)
  private boolean plainHttp;

  /** Adds the options to a command that describes itself. */
  public void addTo(CommandModel model) {
    model.flag(NAME, given -> plainHttp = given, DESCRIPTION);
  }

  /**
   * For commands whose bare references become HTTP with the flag: pull, push, blob and the like.
   */
  public Transports.Http bareIsHttp() {
    return new Transports.Http(plainHttp, true);
  }

  /** For convert and optimize, where the flag allows HTTP for {@code http://} references only. */
  public Transports.Http schemeOnly() {
    return new Transports.Http(plainHttp, false);
  }
}
