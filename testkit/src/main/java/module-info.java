import org.jspecify.annotations.NullMarked;

/**
 * What tests of several modules share: faults around a registry, real programs as peers, builders
 * and recipes of images, and contract suites. Nothing but tests and measurements depends on it.
 */
@NullMarked
module dev.starling.testkit {
  requires transitive dev.starling.api;
  requires transitive org.apache.commons.compress;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;
  requires aircompressor.v3;
  requires java.net.http;
  requires jdk.httpserver;
  requires org.opentest4j;
  requires tools.jackson.databind;

  exports dev.starling.testkit.contract;
  exports dev.starling.testkit.fault;
  exports dev.starling.testkit.image;
  exports dev.starling.testkit.peer;
  exports dev.starling.testkit.recipe;
  exports dev.starling.testkit.tree;

  // JUnit calls what the suites do not make public.
  opens dev.starling.testkit.contract;
}
