package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static dev.starling.api.registry.TestClients.app;
import static dev.starling.api.registry.TestClients.client;
import static dev.starling.api.registry.TestClients.login;
import static dev.starling.api.registry.TestContent.bytes;
import static dev.starling.api.registry.TestContent.content;
import static dev.starling.api.registry.TestContent.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.registry.ScriptedServer.Received;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Credential;
import dev.starling.api.registry.auth.Keychain;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginTest {

  private static final Credential ROBIN = new Credential.UserPassword("robin", "geheim");

  private final byte[] blob = bytes(1, 300_000);
  private final FakeTime time = new FakeTime();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicReference<String> valid = new AtomicReference<>("");

  /** Gives a new token at every question and accepts only the newest. */
  private Reply token() {
    valid.set("t" + tokens.incrementAndGet());
    return Reply.of(200, "{\"token\": \"" + valid.get() + "\", \"expires_in\": 300}");
  }

  private boolean isValid(Received request) {
    return request.header("Authorization").equals("Bearer " + valid.get());
  }

  private static Reply challenge(Received request, String scope) {
    return Reply.of(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"no\"}]}")
        .with(
            "WWW-Authenticate",
            "Bearer realm=\"http://"
                + request.header("Host")
                + "/token\",service=\"test\",scope=\""
                + scope
                + "\"");
  }

  private Reply guarded(Received request) {
    if (request.target.startsWith("/token")) {
      return token();
    }
    return isValid(request)
        ? Reply.range(request, blob)
        : challenge(request, "repository:app:pull");
  }

  private void read(RegistrySource source) throws Exception {
    try (InputStream in = source.openBlob(descriptor(blob))) {
      assertThat(in.readAllBytes()).isEqualTo(blob);
    }
  }

  @Test
  void fetchesOneTokenUntilItExpires() throws Exception {
    try (ScriptedServer server = new ScriptedServer(this::guarded);
        RegistryClient client = client(CONFIG, login(ROBIN), time);
        RegistrySource source = client.source(app(server.host()), false)) {
      read(source);
      read(source);
      assertThat(tokens).hasValue(1);
      Received question =
          server.received().stream().filter(r -> r.target.startsWith("/token")).findFirst().get();
      assertThat(question.target)
          .isEqualTo("/token?service=test&scope=repository%3Aapp%3Apull&account=robin");
      assertThat(question.header("Authorization")).startsWith("Basic ");
      time.pass(Duration.ofSeconds(301));
      read(source);
      assertThat(tokens).hasValue(2);
      assertThat(server.lines().stream().filter(l -> l.contains("/v2/"))).hasSize(4);
    }
  }

  @Test
  void renewsATokenThatIsNoLongerTaken() throws Exception {
    for (int refusal : new int[] {401, 403}) {
      AtomicInteger reads = new AtomicInteger();
      try (ScriptedServer server =
              new ScriptedServer(request -> {
                if (request.target.startsWith("/v2/") && isValid(request)) {
                  if (reads.incrementAndGet() == 1) {
                    return Reply.range(request, blob).cutAfter(100_000);
                  }
                  if (reads.get() == 2) {
                    valid.set("none");
                    return refusal == 401 ? guarded(request) : Reply.of(403);
                  }
                }
                return guarded(request);
              });
          RegistryClient client = client(CONFIG, Keychain.ANONYMOUS, time);
          RegistrySource source = client.source(app(server.host()), false)) {
        read(source);
        assertThat(reads).hasValue(3);
      }
    }
  }

  @Test
  void goesOnPushingWithANewToken() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(request -> {
              if (request.target.startsWith("/token")) {
                return token();
              }
              if (request.method.equals("PUT") && puts.incrementAndGet() == 1) {
                valid.set("none");
              }
              if (!isValid(request)) {
                request.body();
                return challenge(request, "repository:app:pull,push");
              }
              return switch (request.method) {
                case "POST" -> Reply.of(202).with("Location", "/v2/app/blobs/uploads/1");
                case "PUT" ->
                    java.util.Arrays.equals(request.body(), blob) ? Reply.of(201) : Reply.of(400);
                default -> Reply.of(404);
              };
            });
        RegistryClient client = client(CONFIG, login(ROBIN), time);
        RegistrySink sink = client.sink(app(server.host()), false)) {
      assertThat(sink.putBlob(descriptor(blob), content(blob), null)).isEqualTo(Outcome.WRITTEN);
      assertThat(puts).hasValue(2);
    }
  }

  @Test
  void exchangesAnIdentityToken() throws Exception {
    AtomicReference<String> form = new AtomicReference<>("");
    try (ScriptedServer server =
            new ScriptedServer(request -> {
              if (request.target.equals("/token") && request.method.equals("POST")) {
                form.set(new String(request.body(), StandardCharsets.UTF_8));
                valid.set("fresh");
                return Reply.of(200, "{\"access_token\": \"fresh\"}");
              }
              return guarded(request);
            });
        RegistryClient client =
            client(CONFIG, login(new Credential.IdentityToken("refresh-me")), time);
        RegistrySource source = client.source(app(server.host()), false)) {
      read(source);
      assertThat(form.get())
          .contains("grant_type=refresh_token")
          .contains("refresh_token=refresh-me")
          .contains("service=test")
          .contains("scope=repository%3Aapp%3Apull");
    }
  }

  @Test
  void showsItsLoginToTheRegistryOnly() throws Exception {
    RegistryConfig config = CONFIG;
    try (ScriptedServer storage =
            new ScriptedServer(request -> {
              assertThat(request.header("Authorization")).isEmpty();
              assertThat(request.header("X-Team")).isEmpty();
              return Reply.range(request, blob);
            });
        ScriptedServer server =
            new ScriptedServer(request ->
                request.header("Authorization").isEmpty()
                    ? Reply.of(401).with("WWW-Authenticate", "Basic realm=\"x\"")
                    : Reply.of(307).with("Location", "http://" + storage.otherHost() + "/blob"));
        RegistryClient client =
            client(
                config.withHost(
                    server.host(), HostConfig.DEFAULT.withHeaders(Map.of("X-Team", "blue"))),
                login(ROBIN),
                time);
        RegistrySource source = client.source(app(server.host()), false)) {
      read(source);
      assertThat(storage.received()).hasSize(1);
      assertThat(server.received())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.header("X-Team")).isEqualTo("blue"));
    }
  }

  @Test
  void saysWhatToDoWithoutTellingSecrets() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(request ->
                request.target.startsWith("/token")
                    ? Reply.of(401)
                    : challenge(request, "repository:app:pull"));
        RegistryClient client = client(CONFIG, login(ROBIN), time);
        RegistrySource source = client.source(app(server.host()), false)) {
      assertThatThrownBy(() -> source.manifest("latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("the login was refused")
          .hasMessageContaining("docker login " + server.host())
          .hasMessageNotContaining("geheim");
    }
    try (ScriptedServer server =
            new ScriptedServer(
                request -> Reply.of(401).with("WWW-Authenticate", "Basic realm=\"x\""));
        RegistryClient client = client(CONFIG, Keychain.ANONYMOUS, time);
        RegistrySource source = client.source(app(server.host()), false)) {
      assertThatThrownBy(() -> source.manifest("latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("/v2/app/manifests/latest: status 401")
          .hasMessageContaining("no login for " + server.host() + " in nowhere");
    }
  }

  @Test
  void givesUpOnARegistryThatNeverTakesItsTokens() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(request ->
                request.target.startsWith("/token")
                    ? token()
                    : challenge(request, "repository:app:pull"));
        RegistryClient client = client(CONFIG, login(ROBIN), time);
        RegistrySource source = client.source(app(server.host()), false)) {
      assertThatThrownBy(() -> source.manifest("latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("status 401: UNAUTHORIZED (no)")
          .hasMessageContaining("the login for");
      assertThat(tokens).hasValue(2);
      assertThat(time.pauses).isEmpty();
    }
  }
}
