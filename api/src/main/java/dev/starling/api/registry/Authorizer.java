package dev.starling.api.registry;

import dev.starling.api.registry.auth.Challenge;
import dev.starling.api.registry.auth.Credential;
import dev.starling.api.registry.auth.Keychain;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of registries and keeps what it answered: the Authorization header for a
 * host, repository and set of scopes, until it expires or is rejected. Thread-safe; for one key one
 * token is fetched at a time.
 */
final class Authorizer {

  private record Key(String endpoint, String repository, List<String> scopes) {}

  private record Grant(String header, Instant expiry) {}

  private final Keychain keychain;
  private final TokenService tokens;
  private final Clock clock;
  private final Map<String, Challenge> challenges = new ConcurrentHashMap<>();
  private final Map<Key, Grant> grants = new ConcurrentHashMap<>();
  private final Map<Key, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** Whether a login was found, by endpoint and repository: for the advice only. */
  private final Map<Key, Boolean> loginFound = new ConcurrentHashMap<>();

  Authorizer(Keychain keychain, TokenService tokens, Clock clock) {
    this.keychain = keychain;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The Authorization header to begin with, or null while the host has not asked for one. */
  @Nullable String header(Endpoint endpoint, Ask ask, CallScope scope) throws IOException {
    Challenge known = challenges.get(endpoint.key());
    return known == null ? null : grant(endpoint, ask, known, null, null, scope);
  }

  /**
   * The header to answer a refusal with, or null if there is nothing to answer.
   *
   * @param offered the challenges of the refusal; if there is none, the host's last one counts
   * @param rejected the header that was refused, or null
   */
  @Nullable String renew(
      Endpoint endpoint,
      Ask ask,
      List<Challenge> offered,
      @Nullable String rejected,
      CallScope scope)
      throws IOException {
    Challenge challenge = choose(offered);
    if (challenge == null) {
      challenge = challenges.get(endpoint.key());
    }
    if (challenge == null) {
      return null;
    }
    challenges.put(endpoint.key(), challenge);
    String header = grant(endpoint, ask, challenge, challenge.parameter("scope"), rejected, scope);
    return header == null || header.equals(rejected) ? null : header;
  }

  /** What to do about a 401 or 403. */
  String advice(Endpoint endpoint, String repository) {
    Boolean found = loginFound.get(new Key(endpoint.key(), repository, List.of()));
    return Boolean.TRUE.equals(found)
        ? "the login for "
            + endpoint.host()
            + " in "
            + keychain.describe()
            + " does not suffice; log in again, for example with docker login "
            + endpoint.host()
        : "no login for "
            + endpoint.host()
            + " in "
            + keychain.describe()
            + "; check the name, or log in, for example with docker login "
            + endpoint.host();
  }

  private static @Nullable Challenge choose(List<Challenge> offered) {
    for (String scheme : new String[] {"bearer", "basic"}) {
      for (Challenge challenge : offered) {
        boolean usable = scheme.equals("basic") || challenge.parameter("realm") != null;
        if (challenge.scheme().equals(scheme) && usable) {
          return challenge;
        }
      }
    }
    return null;
  }

  private @Nullable String grant(
      Endpoint endpoint,
      Ask ask,
      Challenge challenge,
      @Nullable String extraScope,
      @Nullable String rejected,
      CallScope scope)
      throws IOException {
    Key key = new Key(endpoint.key(), ask.repository(), ask.scopes());
    ReentrantLock lock = locks.computeIfAbsent(key, k -> new ReentrantLock());
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a token");
    }
    try {
      Grant known = grants.get(key);
      if (known != null
          && !known.header().equals(rejected)
          && clock.instant().isBefore(known.expiry())) {
        return known.header();
      }
      grants.remove(key);
      Grant fresh = fetch(endpoint, ask, challenge, extraScope, scope);
      if (fresh != null) {
        grants.put(key, fresh);
      }
      return fresh == null ? null : fresh.header();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Grant fetch(
      Endpoint endpoint, Ask ask, Challenge challenge, @Nullable String extraScope, CallScope scope)
      throws IOException {
    Optional<Credential> credential = keychain.find(endpoint.host(), ask.repository());
    loginFound.put(new Key(endpoint.key(), ask.repository(), List.of()), credential.isPresent());
    if (credential.orElse(null) instanceof Credential.BearerToken(String token)) {
      return new Grant("Bearer " + token, Instant.MAX);
    }
    if (challenge.scheme().equals("basic")) {
      return credential.orElse(null) instanceof Credential.UserPassword login
          ? new Grant(login.basic(), Instant.MAX)
          : null;
    }
    TokenService.Token token =
        tokens.fetch(endpoint, ask, challenge, extraScope, credential, scope);
    return new Grant("Bearer " + token.value(), token.expiry());
  }
}
