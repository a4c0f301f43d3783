package dev.starling.optimize.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins as scripts that write down how they are called, and the real bridge. */
class CniNetworkTest {

  @TempDir private Path folder;
  private Path plugins = Path.of("");
  private Path calls = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    Requirement.programs("unshare", "nsenter", "umount", "ip", "jq", "busybox");
    plugins = Files.createDirectory(folder.resolve("plugins"));
    calls = folder.resolve("calls");
    file = folder.resolve("netns");
  }

  @AfterEach
  void removeNamespace() throws IOException {
    NetworkNamespace.remove(file);
  }

  private void plugin(String type, String onAdd) throws IOException {
    String script =
        """
        #!/bin/sh
        input=$(cat)
        prev=$(echo "$input" | jq -rc '.prevResult.said // "-"')
        net=$(echo "$input" | jq -rc '[.name, .cniVersion, .type, .own] | join(" ")')
        echo "$CNI_COMMAND $CNI_CONTAINERID $CNI_IFNAME $net $prev" >> @CALLS@
        [ "$CNI_NETNS" = "@FILE@" ] || exit 9
        [ "$CNI_COMMAND" = DEL ] && exit 0
        @ADD@
        """
            .replace("@CALLS@", calls.toString())
            .replace("@FILE@", file.toString())
            .replace("@ADD@", onAdd);
    Files.writeString(plugins.resolve(type), script);
    Files.setPosixFilePermissions(
        plugins.resolve(type), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CniConfiguration chain() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("10-net.conflist"),
            """
            {"name": "net", "cniVersion": "1.0.0", "plugins": [
              {"type": "one", "own": "a"}, {"type": "two", "own": "b"}]}
            """);
    return CniConfiguration.read(config);
  }

  @Test
  void aChainIsAddedAndTakenAwayInReverse() throws IOException {
    plugin("one", "echo '{\"said\": \"one\"}'");
    plugin("two", "echo '{\"said\": \"two\"}'");
    CniNetwork cni = new CniNetwork(List.of(folder.resolve("none"), plugins));

    try (NetworkNamespace namespace = NetworkNamespace.create(file)) {
      cni.detach(cni.attach("c1", namespace.file(), chain()));
    }

    assertThat(calls)
        .hasContent(
            """
            ADD c1 eth0 net 1.0.0 one a -
            ADD c1 eth0 net 1.0.0 two b one
            DEL c1 eth0 net 1.0.0 two b two
            DEL c1 eth0 net 1.0.0 one a two
            """);
    assertThat(file).doesNotExist();
  }

  @Test
  void afterAFailureAllAreTakenAway() throws IOException {
    plugin("one", "echo '{\"said\": \"one\"}'");
    plugin("two", "echo '{\"code\": 7, \"msg\": \"no\", \"details\": \"way\"}'; exit 1");
    CniNetwork cni = new CniNetwork(List.of(plugins));

    try (NetworkNamespace namespace = NetworkNamespace.create(file)) {
      CniConfiguration chain = chain();
      assertThatThrownBy(() -> cni.attach("c1", namespace.file(), chain))
          .isInstanceOf(CommandException.class)
          .hasMessage("the CNI plugin two failed to ADD the network net: no (way)");
    }

    assertThat(Files.readAllLines(calls))
        .extracting(line -> line.substring(0, 3))
        .containsExactly("ADD", "ADD", "DEL", "DEL");
  }

  @Test
  void aMissingPluginIsFoundBeforeAnythingIsDone() throws IOException {
    plugin("one", "echo '{}'");
    CniNetwork cni = new CniNetwork(List.of(plugins));

    try (NetworkNamespace namespace = NetworkNamespace.create(file)) {
      CniConfiguration chain = chain();
      assertThatThrownBy(() -> cni.attach("c1", namespace.file(), chain))
          .hasMessageContaining("no CNI plugin two")
          .hasMessageContaining("--cni-plugin-dir");
    }
    assertThat(calls).doesNotExist();
  }

  @Test
  void theFirstConfigurationByNameIsTaken() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("net.d"));
    assertThatThrownBy(() -> CniConfiguration.first(directory))
        .hasMessageContaining("--cni-plugin-conf-dir");
    Files.writeString(directory.resolve("00-note.txt"), "no configuration");
    Files.writeString(directory.resolve("20.conflist"), "{}");
    Files.writeString(directory.resolve("10.conf"), "{\"name\": \"single\", \"type\": \"bridge\"}");

    CniConfiguration first = CniConfiguration.first(directory);

    assertThat(first.name()).isEqualTo("single");
    assertThat(first.plugins()).hasSize(1);
  }

  @Test
  void configurationsThatLeadElsewhereAreRefused() throws IOException {
    Path config = folder.resolve("x.conf");
    for (String text :
        List.of(
            "{",
            "[]",
            "{\"type\": \"bridge\"}",
            "{\"name\": \"n\", \"type\": \"../../bin/sh\"}",
            "{\"name\": \"n\", \"plugins\": []}",
            "{\"name\": \"n\", \"plugins\": [\"bridge\"]}")) {
      Files.writeString(config, text);
      assertThatThrownBy(() -> CniConfiguration.read(config))
          .as(text)
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("x.conf");
    }
  }

  @Test
  void theRealBridgeConnects() throws IOException, InterruptedException {
    Path installed = Path.of("/usr/lib/cni");
    Requirement.that(
        Files.isExecutable(installed.resolve("bridge")), "containernetworking-plugins");
    String bridge = "stl" + ProcessHandle.current().pid();
    Path config =
        Files.writeString(
            folder.resolve("net.conflist"),
            """
            {"name": "starling-test", "cniVersion": "1.0.0", "plugins": [
              {"type": "bridge", "bridge": "BRIDGE", "isGateway": true,
               "ipam": {"type": "host-local", "subnet": "10.213.77.0/24", "dataDir": "DATA"}}]}
            """
                .replace("BRIDGE", bridge)
                .replace("DATA", folder.resolve("ipam").toString()));
    CniNetwork cni = new CniNetwork(List.of(installed));
    try (NetworkNamespace namespace = NetworkNamespace.create(file)) {
      CniAttachment attached = cni.attach("c1", namespace.file(), CniConfiguration.read(config));
      try {
        assertThat(attached.result()).isNotNull();
        assertThat(Program.of("nsenter", "--net=" + file, "ip", "-o", "addr").check())
            .contains("127.0.0.1", "eth0", "10.213.77.");
        assertThat(
                Program.of(
                        "nsenter", "--net=" + file, "busybox", "ping", "-c1", "-W5", "10.213.77.1")
                    .check())
            .contains(" 0% packet loss");
      } finally {
        cni.detach(attached);
      }
      assertThat(Program.of("nsenter", "--net=" + file, "ip", "-o", "addr").check())
          .doesNotContain("eth0");
    } finally {
      Program.of("ip", "link", "delete", bridge).check();
    }
  }
}
