package dev.starling.api.registry.auth;

import java.io.IOException;
import java.util.Optional;

/** Finds credentials. Thread-safe. */
public interface Keychain {

  /** Knows nobody. */
  Keychain ANONYMOUS =
      new Keychain() {
        @Override
        public Optional<Credential> find(String host, String repository) {
          return Optional.empty();
        }

        @Override
        public String describe() {
          return "nowhere";
        }
      };

  /**
   * The credential for a repository.
   *
   * @param host {@code host[:port]} as references write it, for example {@code docker.io}
   * @param repository the repository's path in that host
   * @throws IOException if a place that might have it cannot be read; the message names the place
   */
  Optional<Credential> find(String host, String repository) throws IOException;

  /** Where it looks, for an error message: the files, separated by commas. */
  String describe();
}
