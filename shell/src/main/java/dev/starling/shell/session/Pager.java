package dev.starling.shell.session;

import java.io.IOException;
import java.io.OutputStream;

/** Shows text a page at a time, as {@code less} does. */
@FunctionalInterface
public interface Pager {

  /** Takes the text; closing it waits until the reader has seen enough. */
  OutputStream open() throws IOException;
}
