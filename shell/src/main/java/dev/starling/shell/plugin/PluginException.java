package dev.starling.shell.plugin;

import java.io.IOException;

/** A plugin cannot be used; the message says which and why, in one line. */
public final class PluginException extends IOException {
  private static final long serialVersionUID = 1L;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
