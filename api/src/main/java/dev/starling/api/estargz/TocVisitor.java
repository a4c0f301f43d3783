package dev.starling.api.estargz;

import java.io.IOException;

/** Receives the entries of a TOC one by one, so that a large one need not be kept as a whole. */
@FunctionalInterface
public interface TocVisitor {

  /**
   * The next entry in the TOC's order, checked by itself but not against others: a later one may
   * have the same path, and a hard link may lead nowhere.
   *
   * @throws IOException to end the reading; it comes out of it as it is
   */
  void visit(TocEntry entry) throws IOException;
}
