package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Keychain;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyTest {

  @Test
  void leavesOutWhatNoProxyLists() {
    NoProxy list =
        new NoProxy(
            "a.example, .b.example *.c.example d.example:5000,10.0.0.0/8,192.0.2.7,fd00::/8");
    for (String direct :
        List.of(
            "a.example",
            "x.A.example",
            "x.b.example",
            "x.c.example",
            "10.1.2.3",
            "192.0.2.7",
            "fd12::1",
            "[fd12::1]",
            "localhost",
            "127.0.0.9",
            "::1")) {
      assertThat(list.includes(direct, 443)).as(direct).isTrue();
    }
    for (String proxied :
        List.of(
            "b.example",
            "c.example",
            "d.example",
            "ba.example",
            "11.1.2.3",
            "192.0.2.8",
            "fe80::1")) {
      assertThat(list.includes(proxied, 443)).as(proxied).isFalse();
    }
    assertThat(list.includes("d.example", 5000)).isTrue();
    assertThat(new NoProxy("*").includes("anything", 1)).isTrue();
    assertThat(new NoProxy("").includes("anything", 1)).isFalse();
  }

  private static Proxy proxyFor(String uri, String... environment) throws Exception {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      map.put(environment[i], environment[i + 1]);
    }
    return new EnvironmentProxies(map).select(URI.create(uri)).getFirst();
  }

  private static Proxy http(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  void readsTheEnvironment() throws Exception {
    assertThat(proxyFor("https://r.example/", "HTTPS_PROXY", "http://u:p@p.example:3128"))
        .isEqualTo(http("p.example", 3128));
    assertThat(proxyFor("https://r.example/", "https_proxy", "p.example:80"))
        .isEqualTo(http("p.example", 80));
    assertThat(proxyFor("http://r.example/", "HTTP_PROXY", "p.example"))
        .isEqualTo(http("p.example", 80));
    assertThat(proxyFor("https://r.example/", "HTTP_PROXY", "p.example")).isEqualTo(Proxy.NO_PROXY);
    assertThat(proxyFor("https://r.example/", "HTTPS_PROXY", "p.example", "no_proxy", "r.example"))
        .isEqualTo(Proxy.NO_PROXY);
    assertThat(proxyFor("https://r.example/", "HTTPS_PROXY", "socks5://p.example"))
        .isEqualTo(
            new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("p.example", 1080)));
    assertThatThrownBy(() -> proxyFor("https://r.example/", "HTTPS_PROXY", "ftp://u:geheim@p"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void asksThroughTheProxy() throws Exception {
    try (ScriptedServer proxy =
        new ScriptedServer(request ->
            request.header("Proxy-Authorization").equals("Basic dTpw")
                ? Reply.of(200, "{\"tags\":[\"through\"]}")
                : Reply.of(407))) {
      RegistryConfig config =
          RegistryConfig.of(Map.of("HTTP_PROXY", "http://u:p@" + proxy.host()), CONFIG.home());
      RegistryReference reference =
          (RegistryReference) Reference.parse("http://registry.invalid/app");
      try (RegistryClient client = TestClients.client(config, Keychain.ANONYMOUS, new FakeTime());
          RegistrySource source = client.source(reference, true)) {
        assertThat(source.tags()).containsExactly("through");
        assertThat(proxy.lines())
            .containsExactly("GET http://registry.invalid/v2/app/tags/list?n=1000");
      }
    }
  }
}
