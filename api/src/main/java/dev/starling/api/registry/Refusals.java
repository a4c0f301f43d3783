package dev.starling.api.registry;

import dev.starling.api.internal.json.BoundedJson;
import dev.starling.api.registry.RegistryException.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns an answer that says no into an exception. */
final class Refusals {

  /** An error is short; what follows is not read. */
  private static final int MAX_BODY = 64 * 1024;

  private static final int MAX_CODES = 8;

  private final Authorizer authorizer;
  private final Clock clock;

  Refusals(Authorizer authorizer, Clock clock) {
    this.authorizer = authorizer;
    this.clock = clock;
  }

  /** What the answer means; its body is read, but it is not closed. */
  RegistryException of(Endpoint endpoint, Ask ask, Answer answer) {
    int status = answer.status();
    byte[] body = body(answer);
    List<ErrorCode> codes = codes(body);
    String advice = advice(endpoint, ask, answer, new String(body, StandardCharsets.UTF_8), codes);
    return new RegistryException(
        answer.method()
            + " "
            + Redaction.url(answer.url())
            + ": status "
            + status
            + said(codes)
            + (advice.isEmpty() ? "" : "; " + advice),
        status,
        codes,
        isPassing(answer),
        retryAfter(answer),
        null);
  }

  /** Whether the same request may succeed later. */
  private static boolean isPassing(Answer answer) {
    return switch (answer.status()) {
      case 408, 425, 429, 500, 502, 503, 504 -> true;
      // A storage host that a registry redirects to refuses URLs that have expired.
      case 400, 401, 403, 410 -> !answer.isOwn();
      default -> false;
    };
  }

  private static byte[] body(Answer answer) {
    try {
      return answer.stream().readNBytes(MAX_BODY);
    } catch (IOException e) {
      return new byte[0]; // the status says enough
    }
  }

  private static List<ErrorCode> codes(byte[] body) {
    List<ErrorCode> codes = new ArrayList<>();
    ObjectNode json = BoundedJson.object(body);
    for (JsonNode error : json == null ? List.<JsonNode>of() : json.path("errors")) {
      String code = BoundedJson.text(error, "code");
      String message = BoundedJson.text(error, "message");
      if (code != null && codes.size() < MAX_CODES) {
        codes.add(
            new ErrorCode(Redaction.text(code), message == null ? "" : Redaction.text(message)));
      }
    }
    return codes;
  }

  private static String said(List<ErrorCode> codes) {
    StringBuilder text = new StringBuilder();
    for (ErrorCode error : codes) {
      text.append(text.isEmpty() ? ": " : ", ").append(error.code());
      if (!error.message().isEmpty()) {
        text.append(' ').append('(').append(error.message()).append(')');
      }
    }
    return text.toString();
  }

  private String advice(
      Endpoint endpoint, Ask ask, Answer answer, String body, List<ErrorCode> codes) {
    return switch (answer.status()) {
      case 401 -> answer.isOwn() ? authorizer.advice(endpoint, ask.repository()) : "";
      case 403 ->
          answer.isOwn()
              ? "access is denied; " + authorizer.advice(endpoint, ask.repository())
              : "the storage host refused the registry's redirect";
      case 400 ->
          body.contains("HTTP request to an HTTPS server")
                  || body.contains("plain HTTP request was sent to HTTPS")
              ? endpoint.host() + " speaks TLS; leave out http:// and --plain-http"
              : "";
      case 404 -> codes.isEmpty() ? "is this a registry? nothing at this address says so" : "";
      case 407 -> "the proxy wants a user and password; put them into HTTPS_PROXY or HTTP_PROXY";
      case 413 -> "the registry or a proxy in front of it takes no uploads of this size";
      case 429 -> "too many requests; wait, or log in for a higher limit";
      case 507 -> "the registry's disk is full";
      default -> "";
    };
  }

  /** Retry-After in seconds or as a date (RFC 9110, section 10.2.3). */
  private @Nullable Duration retryAfter(Answer answer) {
    String value = answer.header("Retry-After");
    if (value == null) {
      return null;
    }
    try {
      return value.matches("[0-9]{1,9}")
          ? Duration.ofSeconds(Long.parseLong(value))
          : until(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Duration until(Instant then) {
    Duration wait = Duration.between(clock.instant(), then);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
