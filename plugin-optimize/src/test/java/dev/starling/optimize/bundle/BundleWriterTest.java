package dev.starling.optimize.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.image.ImageConfig;
import dev.starling.optimize.bundle.RuntimeSpec.ConsoleSize;
import dev.starling.optimize.workload.HostEntry;
import dev.starling.optimize.workload.MountSpec;
import dev.starling.optimize.workload.NameResolution;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle as text, for machines and workloads of all kinds. */
class BundleWriterTest {

  private static final String PROFILE =
      """
      {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1,
       "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
       "syscalls": [{"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"}]}
      """;

  private static final String IMAGE =
      """
      {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []},
       "config": {"Entrypoint": ["/entry"], "Cmd": ["serve", "now"], "User": "app",
                  "Env": ["LANG=C.UTF-8", "A=image"], "WorkingDir": "/srv"}}
      """;

  @TempDir private Path folder;
  private Path root = Path.of("");
  private Path bundle = Path.of("");
  private Path profile = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    bundle = Files.createDirectory(folder.resolve("bundle"));
    profile = Files.writeString(folder.resolve("profile.json"), PROFILE);
    Files.createDirectory(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\napp:x:1000:1001::/:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\napp:x:1001:\nweb:x:33:app\n");
  }

  private HostFacts host(CgroupMode cgroups) {
    return new HostFacts(
        "amd64", "6.1.0-18-amd64", cgroups, 4096, new ConsoleSize(33, 120), profile);
  }

  private Bundle write(Workload workload, CgroupMode cgroups, @Nullable Path namespace)
      throws IOException {
    ImageDefaults image =
        ImageDefaults.of(ImageConfig.parse(IMAGE.getBytes(StandardCharsets.UTF_8)));
    return new BundleWriter(host(cgroups))
        .write(new BundleRequest("c1", bundle, root, image, workload, namespace));
  }

  private String text() throws IOException {
    return Files.readString(bundle.resolve("config.json")).replace(folder.toString(), "FOLDER")
        + "\n";
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = BundleWriterTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Workload workload(Networking networking, NameResolution names) {
    return new Workload(
        List.of("/bin/bash", "-c"),
        List.of("go version"),
        List.of("A=flag", "B=c", "LANG"),
        "0:web",
        "/work",
        true,
        true,
        List.of(MountSpec.parse("type=bind,src=/tmp/a,dst=/a,options=rbind:ro")),
        networking,
        names);
  }

  @Test
  void theImageAsItIsOnVersion1() throws IOException {
    write(Workload.OF_IMAGE, CgroupMode.V1, null);

    assertThat(text()).isEqualTo(golden("image-as-it-is.json"));
  }

  @Test
  void everyOptionOnVersion2() throws IOException {
    write(
        workload(new Networking.Loopback(), NameResolution.DEFAULT),
        CgroupMode.V2,
        Path.of("/run/netns/c1"));

    assertThat(text()).isEqualTo(golden("every-option.json"));
  }

  @Test
  void hybridControlGroupsAreMountedAsVersion1() throws IOException {
    write(Workload.OF_IMAGE, CgroupMode.HYBRID, null);

    assertThat(text()).isEqualTo(golden("image-as-it-is.json"));
  }

  @Test
  void withoutControlGroupsNoneAreMounted() throws IOException {
    Bundle written = write(Workload.OF_IMAGE, CgroupMode.NONE, null);

    assertThat(written.spec().mounts())
        .extracting(RuntimeSpec.Mount::type)
        .containsExactly(
            "proc", "tmpfs", "devpts", "tmpfs", "mqueue", "sysfs", "bind", "bind", "bind");
  }

  @Test
  void theHostsNetworkIsNoNamespaceOfItsOwn() throws IOException {
    Bundle written =
        write(workload(new Networking.Host(), NameResolution.DEFAULT), CgroupMode.V1, null);

    assertThat(written.spec().linux().namespaces())
        .extracting(RuntimeSpec.Namespace::type)
        .containsExactly("pid", "ipc", "uts", "mount");
  }

  @Test
  void anEntrypointKeepsTheImagesCommandAndArgsKeepItsEntrypoint() throws IOException {
    Workload entrypoint = words(List.of("/other"), null);
    Workload args = words(null, List.of("stop"));

    assertThat(write(entrypoint, CgroupMode.V1, null).spec().process().args())
        .containsExactly("/other", "serve", "now");
    assertThat(write(args, CgroupMode.V1, null).spec().process().args())
        .containsExactly("/entry", "stop");
  }

  @Test
  void nothingToRunIsSaid() {
    assertThatThrownBy(() -> write(words(List.of(), List.of()), CgroupMode.V1, null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--entrypoint");
  }

  private static Workload words(@Nullable List<String> entrypoint, @Nullable List<String> args) {
    return new Workload(
        entrypoint,
        args,
        List.of(),
        "",
        "",
        false,
        false,
        List.of(),
        new Networking.Loopback(),
        NameResolution.DEFAULT);
  }

  @Test
  void namesAreResolvedAsDocumented() throws IOException {
    write(Workload.OF_IMAGE, CgroupMode.V1, null);

    assertThat(bundle.resolve("resolv.conf")).hasContent("nameserver 8.8.8.8\n");
    assertThat(bundle.resolve("hostname")).hasContent("c1\n");
    assertThat(bundle.resolve("hosts"))
        .hasContent(
            """
            127.0.0.1 localhost
            ::1 localhost ip6-localhost ip6-loopback
            fe00::0 ip6-localnet
            ff00::0 ip6-mcastprefix
            ff02::1 ip6-allnodes
            ff02::2 ip6-allrouters
            """);
  }

  @Test
  void namesAreResolvedAsAsked() throws IOException {
    NameResolution names =
        new NameResolution(
            List.of(new HostEntry("web.example", "10.0.0.2"), HostEntry.parse("v6:[fd00::2]")),
            List.of("10.0.0.1", "fd00::1"),
            List.of("example", "test"),
            List.of("ndots:2"));

    write(workload(new Networking.Host(), names), CgroupMode.V1, null);

    assertThat(Files.readString(bundle.resolve("hosts")))
        .startsWith("127.0.0.1 localhost\n")
        .endsWith("ff02::2 ip6-allrouters\n10.0.0.2 web.example\nfd00::2 v6\n");
    assertThat(bundle.resolve("resolv.conf"))
        .hasContent(
            "nameserver 10.0.0.1\nnameserver fd00::1\nsearch example test\noptions ndots:2\n");
  }
}
