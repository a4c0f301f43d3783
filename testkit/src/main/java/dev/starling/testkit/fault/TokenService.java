package dev.starling.testkit.fault;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hands out tokens at {@link #PATH} and knows which are good. Thread-safe. */
final class TokenService {

  static final String PATH = "/token";
  static final String SERVICE = "test registry";

  enum State {
    VALID,
    EXPIRED,
    UNKNOWN
  }

  private record Token(List<String> scopes, Instant expires) {}

  private final Access access;
  private final Clock clock;
  private final Supplier<String> host;
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();

  TokenService(Access access, Clock clock, Supplier<String> host) {
    this.access = access;
    this.clock = clock;
    this.host = host;
  }

  String realm() {
    return "http://" + host.get() + PATH;
  }

  State check(String token, String scope) {
    Token known = tokens.get(token);
    if (known == null) {
      return State.UNKNOWN;
    }
    if (!clock.instant().isBefore(known.expires())) {
      return State.EXPIRED;
    }
    return scope.isEmpty() || known.scopes().stream().anyMatch(given -> covers(given, scope))
        ? State.VALID
        : State.UNKNOWN;
  }

  private static boolean covers(String given, String wanted) {
    int end = wanted.lastIndexOf(':') + 1;
    return given.startsWith(wanted.substring(0, end))
        && List.of(given.substring(end).split(",", -1))
            .containsAll(List.of(wanted.substring(end).split(",", -1)));
  }

  void handle(HttpExchange exchange) throws IOException {
    boolean post = exchange.getRequestMethod().equals("POST");
    String raw =
        post
            ? new String(exchange.getRequestBody().readNBytes(65_536), StandardCharsets.UTF_8)
            : String.valueOf(exchange.getRequestURI().getRawQuery());
    List<Map.Entry<String, String>> form = parse(raw);
    List<String> scopes = values(form, "scope").flatMap(s -> Stream.of(s.split(" ", -1))).toList();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    try (exchange) {
      if (!(access instanceof Access.Bearer bearer)
          || !(post ? posted(bearer, form) : asked(bearer, authorization, scopes))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] body = issue(bearer, scopes, post);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static boolean asked(
      Access.Bearer bearer, @Nullable String authorization, List<String> scopes) {
    return AccessFilter.basic(bearer.user(), bearer.password()).equals(authorization)
        || (authorization == null
            && bearer.anonymousPull()
            && scopes.stream().allMatch(scope -> scope.endsWith(":pull")));
  }

  private static boolean posted(Access.Bearer bearer, List<Map.Entry<String, String>> form) {
    return values(form, "refresh_token").anyMatch(Access.Bearer.IDENTITY_TOKEN::equals)
        || (values(form, "username").anyMatch(bearer.user()::equals)
            && values(form, "password").anyMatch(bearer.password()::equals));
  }

  private byte[] issue(Access.Bearer bearer, List<String> scopes, boolean post) {
    String token = UUID.randomUUID().toString();
    Instant now = clock.instant();
    tokens.put(token, new Token(scopes, now.plus(bearer.lifetime())));
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put(post ? "access_token" : "token", token);
    json.put("expires_in", bearer.lifetime().toSeconds()).put("issued_at", now.toString());
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  private static Stream<String> values(List<Map.Entry<String, String>> form, String name) {
    return form.stream().filter(entry -> entry.getKey().equals(name)).map(Map.Entry::getValue);
  }

  private static List<Map.Entry<String, String>> parse(String raw) {
    return Stream.of(raw.split("&", -1))
        .filter(part -> part.indexOf('=') > 0)
        .map(part -> part.split("=", 2))
        .map(pair -> Map.entry(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)))
        .collect(Collectors.toList());
  }
}
