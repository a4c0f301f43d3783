import org.jspecify.annotations.NullMarked;

/**
 * Everything that a plugin or a script builds on: images, references, content, registries, layers
 * and the command SPI. It knows nothing of pf4j, JLine, Groovy or FUSE.
 */
@NullMarked
module dev.starling.api {
  requires transitive info.picocli;
  requires transitive jdk.httpserver;
  requires static transitive org.jspecify;
  requires aircompressor.v3;
  // aircompressor.v3 needs it and, having no module-info, cannot say so.
  requires jdk.unsupported;
  requires okhttp3;
  requires tools.jackson.databind;

  exports dev.starling.api.command;
  exports dev.starling.api.content;
  exports dev.starling.api.copy;
  exports dev.starling.api.estargz;
  exports dev.starling.api.image;
  exports dev.starling.api.job;
  exports dev.starling.api.layout;
  exports dev.starling.api.reference;
  exports dev.starling.api.registry;
  exports dev.starling.api.registry.auth;
  exports dev.starling.api.tar;
  exports dev.starling.api.serve;

  // Mixins of options: picocli sets their fields.
  opens dev.starling.api.command to
      info.picocli;
}
