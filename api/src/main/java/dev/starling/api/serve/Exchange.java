package dev.starling.api.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request and its answer, in the terms of the distribution API. Not thread-safe. */
final class Exchange {

  private static final int BUFFER = 128 * 1024;

  private final HttpExchange http;
  private final Map<String, String> query;

  Exchange(HttpExchange http) throws Refusal {
    this.http = http;
    this.query = parseQuery(http.getRequestURI().getRawQuery());
    http.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
  }

  String method() {
    return http.getRequestMethod();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  @Nullable String query(String name) {
    return query.get(name);
  }

  @Nullable String header(String name) {
    return http.getRequestHeaders().getFirst(name);
  }

  InputStream body() {
    return http.getRequestBody();
  }

  Exchange set(String header, Object value) {
    http.getResponseHeaders().set(header, value.toString());
    return this;
  }

  Exchange digest(Digest digest) {
    return set("Docker-Content-Digest", digest);
  }

  /** Answers without a body. */
  void send(int status) throws IOException {
    http.sendResponseHeaders(status, -1);
  }

  void send(int status, byte[] body) throws IOException {
    send(status, body.length, out -> out.write(body));
  }

  void send(JsonNode json) throws IOException {
    set("Content-Type", "application/json");
    send(200, JsonMapper.shared().writeValueAsBytes(json));
  }

  /** Answers with that many bytes of the stream; a HEAD request gets the headers only. */
  void send(int status, long length, InputStream in) throws IOException {
    send(status, length, out -> copy(in, out, length));
  }

  void refuse(Refusal refusal) throws IOException {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    ObjectNode error = json.putArray("errors").addObject();
    error.put("code", refusal.code().name()).put("message", refusal.text()).putNull("detail");
    set("Content-Type", "application/json");
    send(refusal.code().status, JsonMapper.shared().writeValueAsBytes(json));
  }

  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private void send(int status, long length, Body body) throws IOException {
    Headers headers = http.getResponseHeaders();
    headers.set("Content-Length", Long.toString(length));
    if (isHead() || length == 0) {
      http.sendResponseHeaders(status, -1);
      return;
    }
    http.sendResponseHeaders(status, length);
    try (OutputStream out = http.getResponseBody()) {
      body.writeTo(out);
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("the blob's file ends early");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static Map<String, String> parseQuery(@Nullable String raw) throws Refusal {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        query.put(part.substring(0, equals), decode(part.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) throws Refusal {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Code.UNSUPPORTED, "the query is not URL-encoded");
    }
  }
}
