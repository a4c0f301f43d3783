package dev.starling.api.registry.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves to a registry who one is. Its text form never shows the secret. */
public sealed interface Credential {

  /** A user name and password. */
  record UserPassword(String user, String password) implements Credential {

    /** The value of an Authorization header. */
    public String basic() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /** A refresh token, exchanged for access tokens at the token server (OAuth 2). */
  record IdentityToken(String token) implements Credential {
    @Override
    public String toString() {
      return "identity token";
    }
  }

  /** A token that is sent to the registry as it is. */
  record BearerToken(String token) implements Credential {
    @Override
    public String toString() {
      return "bearer token";
    }
  }
}
