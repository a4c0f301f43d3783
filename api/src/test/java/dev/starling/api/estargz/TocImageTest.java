package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TocImageTest {

  @Test
  void theManifestIsTheReferences() throws IOException {
    byte[] reference = Vectors.bytes("toc-image-manifest.json");
    Manifest parsed = Manifest.parse(new RawManifest(MediaType.OCI_MANIFEST, reference));
    Map<Digest, TocBlob> tocs = new LinkedHashMap<>();
    for (Descriptor toc : parsed.layers().reversed()) {
      Digest layer = Digest.parse(toc.annotations().getOrDefault(TocImage.LAYER_DIGEST, ""));
      tocs.put(layer, new TocBlob(toc.digest(), toc.size()));
      assertThat(TocImage.find(parsed, layer)).isEqualTo(toc);
    }
    assertThat(tocs).hasSize(2);
    assertThat(TocImage.manifest(tocs).bytes()).isEqualTo(reference);
    assertThat(TocImage.find(parsed, Digest.sha256(new byte[0]))).isNull();
    assertThat(TocImage.configDescriptor().digest()).isEqualTo(Digest.sha256(TocImage.config()));
  }

  @Test
  void layersWithTheSameTocHaveADescriptorEach() throws IOException {
    TocBlob toc = new TocBlob(Digest.sha256(new byte[] {1}), 7);
    Digest one = Digest.sha256(new byte[] {2});
    Digest two = Digest.sha256(new byte[] {3});
    Manifest manifest = Manifest.parse(TocImage.manifest(Map.of(one, toc, two, toc)));
    assertThat(manifest.layers()).hasSize(2).doesNotHaveDuplicates();
    assertThat(manifest.layers()).extracting(Descriptor::digest).containsOnly(toc.digest());
    assertThat(TocImage.manifest(Map.of(two, toc, one, toc)))
        .isEqualTo(TocImage.manifest(Map.of(one, toc, two, toc)));
  }

  @Test
  void onlyATagLeadsToIt() {
    Digest digest = Digest.sha256(new byte[0]);
    assertThat(TocImage.tagFor(Reference.parse("r.example/app:1.0"))).isEqualTo("1.0-esgztoc");
    assertThat(TocImage.tagFor(Reference.parse("r.example/app@" + digest))).isNull();
    assertThat(TocImage.tagFor(Reference.parse("r.example/app:1.0@" + digest))).isNull();
  }
}
