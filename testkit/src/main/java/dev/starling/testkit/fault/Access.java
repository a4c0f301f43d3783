package dev.starling.testkit.fault;

import java.time.Duration;

/** Who may use a registry. */
public sealed interface Access {

  /** Everybody. */
  record Open() implements Access {}

  /** One user, by Basic authentication. */
  record Basic(String user, String password) implements Access {}

  /**
   * One user, by tokens from the registry's own token endpoint. It hands tokens out to the user's
   * name and password, by GET and by POST, and to the identity token {@link #IDENTITY_TOKEN}. A
   * token is good for the repository and the actions it was asked for only.
   *
   * @param anonymousPull whether tokens to pull need no user
   * @param lifetime of a token, by the registry's clock
   */
  record Bearer(String user, String password, boolean anonymousPull, Duration lifetime)
      implements Access {

    /** The refresh token that credential helpers keep as an identity token. */
    public static final String IDENTITY_TOKEN = "identity-token-of-the-test";
  }
}
