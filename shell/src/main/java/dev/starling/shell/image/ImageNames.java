package dev.starling.shell.image;

import dev.starling.api.command.UsageException;
import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;

/** Reads the names that are given on a command line. */
final class ImageNames {

  private ImageNames() {}

  /**
   * Any reference.
   *
   * @throws UsageException if it is none
   */
  static Reference parse(String text) {
    try {
      return Reference.parse(text);
    } catch (InvalidReferenceException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The name of an image in a registry or, the same, in the local image store.
   *
   * @throws UsageException if it is another kind of reference
   */
  static RegistryReference parseRegistry(String text) {
    return switch (parse(text)) {
      case RegistryReference registry -> registry;
      case LayoutReference _ ->
          throw new UsageException(
              "'" + text + "' is a directory; expected a name such as registry.example/app:1.0");
    };
  }

  /** How a reference is shown: without a scheme if it was not written, short names in full. */
  static String shown(Reference reference) {
    return reference.toString();
  }
}
