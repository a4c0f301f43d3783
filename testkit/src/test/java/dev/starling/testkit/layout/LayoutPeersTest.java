package dev.starling.testkit.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import dev.starling.testkit.image.ImageBuilder;
import dev.starling.testkit.image.ImageBuilder.Packing;
import dev.starling.testkit.image.TarBuilder;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts and the built-in registry, shared with the field's own programs. */
class LayoutPeersTest {

  @TempDir Path folder;

  @Test
  void skopeoReadsOurLayoutAndWeReadItsOwn() throws Exception {
    Requirement.programs("skopeo");
    RawManifest index = writeIndex(folder.resolve("ours"), "multi");
    skopeo(
        "copy",
        "--all",
        "--preserve-digests",
        "oci:" + folder.resolve("ours") + ":multi",
        theirs("copied"));
    skopeo("copy", "oci:" + folder.resolve("ours") + ":multi", theirs("single"));
    try (ImageSource source = OciLayout.open(folder.resolve("theirs")).source()) {
      assertThat(source.tags()).containsExactly("copied", "single");
      assertThat(source.manifest("copied")).isEqualTo(index);
      Manifest single = Manifest.parse(source.manifest("single"));
      for (Descriptor layer : single.layers()) {
        assertThat(source.openBlob(layer).readAllBytes()).hasSize((int) layer.size());
      }
    }
  }

  @Test
  void anImageThatSkopeoDidNotNameIsTheLatest() throws Exception {
    Requirement.programs("skopeo");
    writeIndex(folder.resolve("ours"), "multi");
    Path unnamed = folder.resolve("unnamed");
    skopeo("copy", "oci:" + folder.resolve("ours") + ":multi", "oci:" + unnamed);
    try (ImageSource source = OciLayout.open(unnamed).source()) {
      assertThat(Manifest.parse(source.manifest("latest")).layers()).hasSize(3);
    }
  }

  @Test
  void umociUnpacksOurLayoutAndWeAddToItsOwn() throws Exception {
    Requirement.programs("umoci");
    Requirement.root();
    Path layout = folder.resolve("umoci");
    umoci("init", "--layout", layout.toString());
    umoci("new", "--image", layout + ":theirs");
    try (ImageSink sink = OciLayout.create(layout).sink()) {
      new ImageBuilder(Platform.of("linux", "amd64", null))
          .layer(new TarBuilder().directory("etc").file("etc/name", "ours"), Packing.GZIP)
          .writeTo(sink, "ours");
    }
    Path bundle = folder.resolve("bundle");
    umoci("unpack", "--image", layout + ":ours", bundle.toString());
    assertThat(bundle.resolve("rootfs/etc/name")).hasContent("ours");
    assertThat(umoci("list", "--layout", layout.toString())).contains("ours", "theirs");
    assertThat(OciLayout.open(layout).source().tags()).containsExactly("ours", "theirs");
  }

  @Test
  void skopeoPushesToAndPullsFromTheBuiltInRegistry() throws Exception {
    Requirement.programs("skopeo");
    RawManifest index = writeIndex(folder.resolve("ours"), "multi");
    OciLayout served = OciLayout.create(folder.resolve("served"));
    try (RegistryServer server = RegistryServer.start(served)) {
      String image = "docker://" + server.host() + "/team/app:1";
      String from = "oci:" + folder.resolve("ours") + ":multi";
      skopeo("copy", "--all", "--preserve-digests", "--dest-tls-verify=false", from, image);
      skopeo(
          "copy", "--all", "--preserve-digests", "--src-tls-verify=false", image, theirs("back"));
      assertThat(skopeo("inspect", "--raw", "--tls-verify=false", image)).contains("arm64");
      assertThat(skopeo("list-tags", "--tls-verify=false", image.substring(0, image.length() - 2)))
          .contains("\"1\"");
    }
    try (ImageSource source = OciLayout.open(folder.resolve("theirs")).source()) {
      assertThat(source.manifest("back")).isEqualTo(index);
    }
  }

  @Test
  void aFullDiskIsNamedAndNothingIsLeftOnIt() throws Exception {
    Requirement.root();
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Program.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()).check();
    try {
      byte[] bytes = new byte[3_000_000];
      new Random(1).nextBytes(bytes);
      Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(bytes), bytes.length);
      Path layout = disk.resolve("layout");
      try (ImageSink sink = OciLayout.create(layout).sink()) {
        assertThatThrownBy(
                () -> sink.putBlob(blob, offset -> new ByteArrayInputStream(bytes), null))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("no space left in " + layout)
            .hasMessageContaining("needs 3000000 bytes")
            .hasMessageNotContaining("\n");
      }
      assertThat(layout.resolve("ingest")).doesNotExist();
    } finally {
      Program.of("umount", disk.toString()).check();
    }
  }

  @Test
  void aReadOnlyTargetIsNamed() throws Exception {
    Requirement.root();
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Program.of("mount", "-t", "tmpfs", "-o", "size=1m,ro", "tmpfs", disk.toString()).check();
    try {
      assertThatThrownBy(() -> OciLayout.create(disk.resolve("layout")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write to " + disk.resolve("layout"))
          .hasMessageContaining("Read-only file system");
    } finally {
      Program.of("umount", disk.toString()).check();
    }
  }

  private String theirs(String tag) {
    return "oci:" + folder.resolve("theirs") + ":" + tag;
  }

  private static RawManifest writeIndex(Path directory, String tag) throws IOException {
    try (ImageSink sink = OciLayout.create(directory).sink()) {
      return ImageBuilder.writeSampleIndex(sink, tag);
    }
  }

  private static String skopeo(String... arguments) throws Exception {
    return run("skopeo", arguments);
  }

  private static String umoci(String... arguments) throws Exception {
    return run("umoci", arguments);
  }

  private static String run(String program, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Program.of(command).check();
  }
}
