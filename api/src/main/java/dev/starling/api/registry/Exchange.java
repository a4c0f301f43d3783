package dev.starling.api.registry;

import dev.starling.api.registry.auth.Challenge;
import java.io.IOException;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request with all that it takes: the login when the registry asks for one or no longer takes the
 * old one, and redirects. Credentials and a host's own headers go to that host only. Thread-safe.
 */
final class Exchange {

  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_LOGINS = 2;

  private final Caller caller;
  private final Authorizer authorizer;

  Exchange(Caller caller, Authorizer authorizer) {
    this.caller = caller;
    this.authorizer = authorizer;
  }

  /** The answer, of whatever status. */
  Answer send(Endpoint endpoint, Ask ask, CallScope scope) throws IOException {
    String header = endpoint.owns(ask.url()) ? authorizer.header(endpoint, ask, scope) : null;
    for (int logins = 0; ; logins++) {
      Answer answer = follow(endpoint, ask, header, scope);
      if (logins == MAX_LOGINS || !mayBeLogin(answer, header, logins)) {
        return answer;
      }
      String renewed;
      try {
        renewed =
            authorizer.renew(
                endpoint, ask, Challenge.parse(answer.headers("WWW-Authenticate")), header, scope);
      } catch (IOException | RuntimeException e) {
        answer.close();
        throw e;
      }
      if (renewed == null) {
        return answer;
      }
      answer.close();
      header = renewed;
    }
  }

  /** A 401 asks for a login; a 403 for a token may mean that the token has expired. */
  private static boolean mayBeLogin(Answer answer, @Nullable String header, int logins) {
    if (!answer.isOwn()) {
      return false;
    }
    boolean staleToken = header != null && header.startsWith("Bearer ") && logins == 0;
    return answer.status() == 401 || (answer.status() == 403 && staleToken);
  }

  private Answer follow(Endpoint endpoint, Ask ask, @Nullable String header, CallScope scope)
      throws IOException {
    HttpUrl url = ask.url();
    boolean own = endpoint.owns(url);
    String method = ask.method();
    for (int hop = 0; ; hop++) {
      Answer answer = caller.call(request(endpoint, ask, method, url, own, header), scope, own);
      if (!isRedirect(ask, answer.status())) {
        return answer;
      }
      try (answer) {
        url = target(answer, url, hop);
      }
      // Once a request has left the registry, nothing it is led to sees the login.
      own = own && endpoint.owns(url);
    }
  }

  private static Request request(
      Endpoint endpoint,
      Ask ask,
      String method,
      HttpUrl url,
      boolean own,
      @Nullable String header) {
    Supplier<RequestBody> body = ask.body();
    Request.Builder request =
        new Request.Builder().url(url).method(method, body == null ? null : body.get());
    ask.headers().forEach(request::header);
    if (own) {
      endpoint.config().headers().forEach(request::header);
      if (header != null) {
        request.header("Authorization", header);
      }
    }
    return request.build();
  }

  private static boolean isRedirect(Ask ask, int status) {
    return switch (status) {
      case 301, 302, 303 -> ask.isRead();
      case 307, 308 -> true;
      default -> false;
    };
  }

  private static HttpUrl target(Answer answer, HttpUrl from, int hop) throws RegistryException {
    String location = answer.header("Location");
    HttpUrl target = location == null ? null : from.resolve(location);
    String what = answer.method() + " " + Redaction.url(from) + ": ";
    if (target == null) {
      throw new RegistryException(what + "redirects to no URL");
    }
    if (hop == MAX_REDIRECTS) {
      throw new RegistryException(what + "redirects more than " + MAX_REDIRECTS + " times");
    }
    if (from.isHttps() && !target.isHttps() && !Loopback.is(target.host())) {
      throw new RegistryException(
          what + "redirects to " + Redaction.url(target) + ", which is not encrypted");
    }
    return target;
  }
}
