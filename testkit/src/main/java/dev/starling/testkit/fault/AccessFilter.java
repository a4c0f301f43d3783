package dev.starling.testkit.fault;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets those in who may, and challenges the others. */
final class AccessFilter extends Filter {

  private static final Pattern REPOSITORY =
      Pattern.compile("/v2/(.+)/(?:manifests|blobs|tags|referrers)/.*");

  private final Access access;
  private final TokenService tokens;
  private final FaultPlan plan;

  AccessFilter(Access access, TokenService tokens, FaultPlan plan) {
    this.access = access;
    this.tokens = tokens;
    this.plan = plan;
  }

  @Override
  public String description() {
    return "asks for credentials";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    LoggedRequest request = new RecordingExchange(exchange, "").request();
    if (request.path().equals(TokenService.PATH)) {
      tokens.handle(exchange);
      return;
    }
    @Nullable String sent = request.header("Authorization");
    int status =
        switch (access) {
          case Access.Open open -> 200;
          case Access.Basic basic -> basic(basic.user(), basic.password()).equals(sent) ? 200 : 401;
          case Access.Bearer bearer -> check(request, sent);
        };
    if (status == 200) {
      chain.doFilter(exchange);
    } else {
      challenge(exchange, request, status);
    }
  }

  private int check(LoggedRequest request, @Nullable String sent) {
    if (sent == null || !sent.startsWith("Bearer ")) {
      return 401;
    }
    return switch (tokens.check(sent.substring(7), scope(request))) {
      case VALID -> 200;
      case EXPIRED -> plan.forbidsExpiredTokens() ? 403 : 401;
      case UNKNOWN -> 401;
    };
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with the challenge that fits the registry's access. */
  void challenge(HttpExchange exchange, LoggedRequest request, int status) throws IOException {
    String challenge =
        switch (access) {
          case Access.Bearer bearer -> {
            String scope = scope(request);
            yield "Bearer realm=\"%s\",service=\"%s\"%s"
                .formatted(
                    tokens.realm(),
                    TokenService.SERVICE,
                    scope.isEmpty() ? "" : ",scope=\"" + scope + "\"");
          }
          case Access.Basic basic -> "Basic realm=\"test\"";
          case Access.Open open -> "Basic realm=\"test\"";
        };
    if (status == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    }
    byte[] body =
        "{\"errors\":[{\"code\":\"%s\",\"message\":\"authentication required\"}]}"
            .formatted(status == 401 ? "UNAUTHORIZED" : "DENIED")
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      if (request.method().equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String scope(LoggedRequest request) {
    Matcher matcher = REPOSITORY.matcher(request.path());
    return matcher.matches()
        ? "repository:" + matcher.group(1) + ":" + (request.isWrite() ? "pull,push" : "pull")
        : "";
  }
}
