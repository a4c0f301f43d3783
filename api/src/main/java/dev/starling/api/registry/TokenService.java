package dev.starling.api.registry;

import dev.starling.api.internal.json.BoundedJson;
import dev.starling.api.registry.auth.Challenge;
import dev.starling.api.registry.auth.Credential;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches access tokens from the server that a Bearer challenge names.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token
 *     authentication</a>
 */
final class TokenService {

  /**
   * An access token.
   *
   * @param expiry when a new one is needed
   */
  record Token(String value, Instant expiry) {}

  private static final String CLIENT_ID = "starling";
  private static final int MAX_ANSWER = 1024 * 1024;
  private static final int MAX_TOKEN = 256 * 1024;

  /** What a token lives if its server does not say; from the specification. */
  private static final long DEFAULT_SECONDS = 60;

  private static final long MAX_SECONDS = 24 * 60 * 60;

  /** A token that is about to expire would do so on its way. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Caller caller;
  private final Retrier retrier;
  private final Clock clock;

  TokenService(Caller caller, Retrier retrier, Clock clock) {
    this.caller = caller;
    this.retrier = retrier;
    this.clock = clock;
  }

  /**
   * A new token.
   *
   * @param extraScope the challenge's own scope, or null
   * @throws RegistryException if the token server gives none
   */
  Token fetch(
      Endpoint endpoint,
      Ask ask,
      Challenge challenge,
      @Nullable String extraScope,
      Optional<Credential> credential,
      CallScope scope)
      throws IOException {
    HttpUrl realm = realm(endpoint, challenge);
    Set<String> scopes = new LinkedHashSet<>(ask.scopes());
    if (extraScope != null) {
      scopes.addAll(List.of(extraScope.split(" ", -1)));
    }
    String service = challenge.parameter("service");
    Request request =
        credential.orElse(null) instanceof Credential.IdentityToken(String refresh)
            ? exchange(realm, service, scopes, refresh)
            : plain(realm, service, scopes, credential);
    return retrier.run(
        endpoint,
        scope,
        () -> {
          try (Answer answer = caller.call(request, scope, true)) {
            if (!answer.isSuccess()) {
              throw refused(endpoint, answer, credential.isPresent());
            }
            return parse(answer);
          }
        });
  }

  /** Where the token is to be had: never unencrypted, but for a registry that is itself so. */
  private static HttpUrl realm(Endpoint endpoint, Challenge challenge) throws RegistryException {
    String text = String.valueOf(challenge.parameter("realm"));
    HttpUrl realm = HttpUrl.parse(text);
    if (realm == null) {
      throw new RegistryException(
          endpoint.host()
              + " names '"
              + Redaction.text(text)
              + "' as its token server, which is no URL");
    }
    if (!realm.isHttps() && endpoint.base().isHttps() && !Loopback.is(realm.host())) {
      throw new RegistryException(
          endpoint.host()
              + " wants a login sent to "
              + Redaction.url(realm)
              + ", which is not encrypted; nothing was sent");
    }
    return realm;
  }

  private static Request plain(
      HttpUrl realm, @Nullable String service, Set<String> scopes, Optional<Credential> login) {
    HttpUrl.Builder url = realm.newBuilder();
    if (service != null) {
      url.addQueryParameter("service", service);
    }
    scopes.forEach(scope -> url.addQueryParameter("scope", scope));
    if (login.orElse(null) instanceof Credential.UserPassword user) {
      url.addQueryParameter("account", user.user());
      return new Request.Builder().url(url.build()).header("Authorization", user.basic()).build();
    }
    return new Request.Builder().url(url.build()).build();
  }

  private static Request exchange(
      HttpUrl realm, @Nullable String service, Set<String> scopes, String refreshToken) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("grant_type", "refresh_token")
            .add("client_id", CLIENT_ID)
            .add("refresh_token", refreshToken)
            .add("scope", String.join(" ", scopes));
    if (service != null) {
      form.add("service", service);
    }
    return new Request.Builder().url(realm).post(form.build()).build();
  }

  private static RegistryException refused(Endpoint endpoint, Answer answer, boolean hadLogin) {
    int status = answer.status();
    boolean passing = status == 429 || status == 408 || status >= 500;
    return new RegistryException(
        answer.method()
            + " "
            + Redaction.url(answer.url().newBuilder().query(null).build())
            + ": status "
            + status
            + ": no token for "
            + endpoint.host()
            + (hadLogin
                ? "; the login was refused: log in again, for example with docker login "
                : "; log in, for example with docker login ")
            + endpoint.host(),
        status,
        List.of(),
        passing,
        null,
        null);
  }

  private Token parse(Answer answer) throws IOException {
    ObjectNode json = BoundedJson.object(answer.bytes(MAX_ANSWER, "the token"));
    @Nullable String token = json == null ? null : BoundedJson.text(json, "token");
    if (json != null && token == null) {
      token = BoundedJson.text(json, "access_token");
    }
    if (json == null || token == null || !token.matches("[\\x21-\\x7e]{1," + MAX_TOKEN + "}")) {
      throw new RegistryException(
          answer.method()
              + " "
              + Redaction.url(answer.url().newBuilder().query(null).build())
              + ": the answer holds no token");
    }
    long seconds = json.path("expires_in").asLong(DEFAULT_SECONDS);
    Duration life = Duration.ofSeconds(Math.clamp(seconds, 1, MAX_SECONDS));
    return new Token(
        token,
        clock
            .instant()
            .plus(life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life));
  }
}
