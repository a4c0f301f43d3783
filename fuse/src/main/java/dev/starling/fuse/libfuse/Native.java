package dev.starling.fuse.libfuse;

import dev.starling.fuse.FuseUnavailableException;
import jnr.ffi.LibraryLoader;

/** Loads native libraries, with errors that say what to install. */
final class Native {
  private Native() {}

  /**
   * @param binding an interface of this module's exported binding package
   */
  static <T> T load(Class<T> binding, String library, String remedy)
      throws FuseUnavailableException {
    try {
      return LibraryLoader.create(binding).failImmediately().load(library);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException e) {
      throw new FuseUnavailableException(
          "cannot load " + library + " (" + e.getMessage() + "): " + remedy, e);
    }
  }
}
