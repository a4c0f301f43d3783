package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static dev.starling.api.registry.TestClients.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.ScriptedServer.Script;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Credential;
import dev.starling.api.registry.auth.Keychain;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Script TAGS = request -> Reply.of(200, "{\"tags\":[\"a\"]}");

  @TempDir static Path directory;
  private static SSLServerSocketFactory sockets;
  private static Path caFile;

  @BeforeAll
  static void makeACertificate() throws Exception {
    Path store = directory.resolve("store.p12");
    run(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-storepass",
        "changeit",
        "-dname",
        "CN=test",
        "-validity",
        "2",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    sockets = context.getServerSocketFactory();
    caFile = directory.resolve("ca.pem");
    Files.writeString(
        caFile,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getCertificate("a").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static RegistryReference bare(String host) {
    return (RegistryReference) Reference.parse(host + "/app");
  }

  private static RegistryClient client(RegistryConfig config) throws Exception {
    return TestClients.client(config, Keychain.ANONYMOUS, new FakeTime());
  }

  @Test
  void trustsTheCaFile() throws Exception {
    try (ScriptedServer server = new ScriptedServer(sockets, TAGS)) {
      RegistryConfig trusting =
          CONFIG.withHost(server.host(), HostConfig.DEFAULT.withCaFile(caFile));
      try (RegistryClient client = client(trusting);
          RegistrySource source = client.source(bare(server.host()), false)) {
        assertThat(client.speaksHttp(server.host())).isFalse();
        assertThat(source.tags()).containsExactly("a");
      }
      try (RegistryClient client = client(CONFIG);
          RegistrySource source = client.source(bare(server.host()), false)) {
        assertThatThrownBy(source::tags)
            .isInstanceOf(RegistryException.class)
            .hasMessageContaining("is not trusted")
            .hasMessageContaining("CA file");
      }
      RegistryConfig broken =
          CONFIG.withHost(
              server.host(), HostConfig.DEFAULT.withCaFile(directory.resolve("missing.pem")));
      try (RegistryClient client = client(broken);
          RegistrySource source = client.source(bare(server.host()), false)) {
        assertThatThrownBy(source::tags).hasMessageContaining("missing.pem");
      }
    }
  }

  @Test
  void findsOutWhatALoopbackHostSpeaks() throws Exception {
    try (ScriptedServer server = new ScriptedServer(TAGS);
        RegistryClient client = client(CONFIG)) {
      assertThat(client.speaksHttp(server.host())).isTrue();
      assertThat(client.speaksHttp("registry.example")).isFalse();
      try (RegistrySource source = client.source(bare(server.host()), false)) {
        assertThat(source.tags()).containsExactly("a");
      }
    }
  }

  @Test
  void saysThatAServerSpeaksNoTls() throws Exception {
    try (ScriptedServer server = new ScriptedServer(TAGS);
        RegistryClient client = client(CONFIG);
        RegistrySource source =
            client.source(
                (RegistryReference) Reference.parse("https://" + server.host() + "/app"), true)) {
      assertThatThrownBy(source::tags)
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("--plain-http");
    }
  }

  @Test
  void refusesHttpWithoutPermission() throws Exception {
    try (RegistryClient client = client(CONFIG);
        RegistrySource source = client.source(app("registry.invalid"), false)) {
      assertThatThrownBy(source::tags)
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("http://registry.invalid")
          .hasMessageContaining("--plain-http");
    }
  }

  @Test
  void sendsNoLoginToAnUnencryptedTokenServer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            sockets,
            request ->
                Reply.of(401)
                    .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"http://tokens.invalid/token\",service=\"x\""))) {
      RegistryConfig config = CONFIG.withHost(server.host(), HostConfig.DEFAULT.withCaFile(caFile));
      try (RegistryClient client =
              TestClients.client(
                  config,
                  TestClients.login(new Credential.UserPassword("u", "geheim")),
                  new FakeTime());
          RegistrySource source = client.source(bare(server.host()), false)) {
        assertThatThrownBy(source::tags)
            .isInstanceOf(RegistryException.class)
            .hasMessageContaining("not encrypted; nothing was sent");
      }
    }
  }
}
