package dev.starling.convert.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.FileBlob;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.LayerPaths;
import dev.starling.api.estargz.Prioritization.Choice;
import dev.starling.api.estargz.UnverifiedToc;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.testkit.image.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedFilesTest {

  private static final Platform AMD64 = Platform.of("linux", "amd64", null);
  private static final Platform ARM64 = Platform.of("linux", "arm64", "v8");

  @TempDir Path folder;

  private LayerPaths arm64() throws IOException {
    byte[] tar =
        new TarBuilder()
            .symlink("lib", "usr/lib")
            .file("usr/lib/aarch64-linux-gnu/libz.so.1.2", "z")
            .symlink("usr/lib/aarch64-linux-gnu/libz.so.1", "libz.so.1.2")
            .file("usr/lib/aarch64-linux-gnu/libc.so.6", "c")
            .file("usr/lib/ld-linux-aarch64.so.1", "ld")
            .file("etc/passwd", "root")
            .build();
    Path target = folder.resolve("layer");
    LayerConverter.convert(
        offset -> new ByteArrayInputStream(tar),
        target,
        EstargzOptions.defaults(),
        folder,
        _ -> {});
    try (FileBlob blob = FileBlob.open(target)) {
      UnverifiedToc toc = UnverifiedToc.read(blob);
      return LayerPaths.of(toc.verify(toc.digest()));
    }
  }

  private static List<ListedFile> listed(ListedFile.Kind kind, String... texts) {
    return Stream.of(texts).map(text -> new ListedFile(text, kind, AMD64, null, false)).toList();
  }

  @Test
  void counterpartsAreFoundThroughLinksAndByPattern() throws IOException {
    List<ListedFile> paths =
        listed(
            ListedFile.Kind.PATH,
            "lib64/ld-linux-x86-64.so.2",
            "etc/passwd",
            "/lib/x86_64-linux-gnu/libz.so.1",
            "usr/lib/x86_64-linux-gnu/libmvec.so.1");
    assertThat(WantedFiles.in(ARM64, paths).choose(arm64()))
        .isEqualTo(
            new Choice(
                List.of(
                    "usr/lib/ld-linux-aarch64.so.1",
                    "etc/passwd",
                    "usr/lib/aarch64-linux-gnu/libz.so.1",
                    "usr/lib/aarch64-linux-gnu/libz.so.1.2"),
                List.of(),
                List.of("lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libz.so.1"),
                List.of("usr/lib/x86_64-linux-gnu/libmvec.so.1")));
    List<ListedFile> pattern = listed(ListedFile.Kind.PATTERN, "lib/x86_64-linux-gnu/*.so.[56]");
    assertThat(WantedFiles.in(ARM64, pattern).choose(arm64()).paths())
        .containsExactly("usr/lib/aarch64-linux-gnu/libc.so.6");
  }

  @Test
  void onTheListsOwnPlatformNothingIsCarriedOver() throws IOException {
    List<ListedFile> paths = listed(ListedFile.Kind.PATH, "lib64/ld-linux-x86-64.so.2");
    assertThat(WantedFiles.in(AMD64, paths).choose(arm64()).missed())
        .containsExactly("lib64/ld-linux-x86-64.so.2");
    assertThat(WantedFiles.in(null, paths).choose(arm64()).missed()).hasSize(1);
  }

  @Test
  void aRecordedLinkIsTheLinkAlone() throws IOException {
    List<ListedFile> recorded =
        listed(ListedFile.Kind.RECORDED, "usr/lib/aarch64-linux-gnu/libz.so.1");
    assertThat(WantedFiles.in(ARM64, recorded).choose(arm64()).paths())
        .containsExactly("usr/lib/aarch64-linux-gnu/libz.so.1");
  }

  @Test
  void aSharedLayerGetsTheFilesOfAllItsImages() throws IOException {
    WantedFiles amd64 =
        WantedFiles.in(AMD64, listed(ListedFile.Kind.PATH, "lib/x86_64-linux-gnu/libc.so.6"));
    WantedFiles arm64 =
        WantedFiles.in(
            ARM64, listed(ListedFile.Kind.PATH, "lib/x86_64-linux-gnu/libc.so.6", "etc/passwd"));
    assertThat(amd64.and(arm64).choose(arm64()))
        .isEqualTo(
            new Choice(
                List.of("usr/lib/aarch64-linux-gnu/libc.so.6", "etc/passwd"),
                List.of(),
                List.of("lib/x86_64-linux-gnu/libc.so.6"),
                List.of()));
    assertThat(amd64.and(amd64).fingerprint()).isEqualTo(amd64.fingerprint());
    assertThat(amd64.and(arm64).fingerprint())
        .isNotEqualTo(amd64.fingerprint())
        .isNotEqualTo(arm64.fingerprint());
  }

  @Test
  void whatLittleIsReadOfLiesBehindUnlessAnotherListWantsItInFront() throws IOException {
    ListedFile sparse = new ListedFile("etc/passwd", ListedFile.Kind.RECORDED, ARM64, null, true);
    List<ListedFile> recorded = listed(ListedFile.Kind.RECORDED, "usr/lib/ld-linux-aarch64.so.1");
    WantedFiles both = WantedFiles.in(ARM64, List.of(sparse, recorded.getFirst()));
    Choice choice = both.choose(arm64());
    assertThat(choice.paths()).containsExactly("usr/lib/ld-linux-aarch64.so.1");
    assertThat(choice.behind()).containsExactly("etc/passwd");
    WantedFiles whole = WantedFiles.in(ARM64, listed(ListedFile.Kind.RECORDED, "etc/passwd"));
    assertThat(whole.fingerprint())
        .isNotEqualTo(WantedFiles.in(ARM64, List.of(sparse)).fingerprint());
    assertThat(both.and(whole).choose(arm64()).behind()).isEmpty();
  }

  @Test
  void aLayersOwnListStandsInPlaceOfTheListForAll() {
    Digest manifest = Digest.sha256(new byte[0]);
    ListedFile all = new ListedFile("a", ListedFile.Kind.PATH, null, null, false);
    ListedFile own = new ListedFile("b", ListedFile.Kind.RECORDED, null, manifest, false);
    LayerLists lists =
        LayerLists.forAll(List.of(all, all))
            .with(new LayerLists.Layer(manifest, 1), List.of(own))
            .madeOn(Map.of(manifest, ARM64), AMD64);
    assertThat(lists.of(manifest, 0)).containsExactly(all.on(AMD64));
    assertThat(lists.of(manifest, 1)).containsExactly(own.on(ARM64));
    assertThat(LayerLists.none().isEmpty()).isTrue();
    assertThat(lists.isEmpty()).isFalse();
  }
}
