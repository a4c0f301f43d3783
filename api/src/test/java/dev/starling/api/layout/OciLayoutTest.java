package dev.starling.api.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {

  private static final RawManifest EMPTY =
      new Index(MediaType.OCI_INDEX, null, List.of(), null, new TreeMap<>()).toRaw();

  @TempDir Path folder;

  @Test
  void whatOthersPutIntoTheIndexStays() throws IOException {
    OciLayout layout = OciLayout.create(folder);
    Files.writeString(
        folder.resolve("index.json"),
        """
        {"schemaVersion":2,"own":{"a":[1]},"manifests":[
          {"mediaType":"application/x-other","digest":"%s","size":5,"unknown":true,
           "annotations":{"org.opencontainers.image.ref.name":"other","x":"y"}}],
         "annotations":{"k":"v"}}
        """
            .formatted(EMPTY.digest()));
    try (ImageSink sink = layout.sink()) {
      sink.putManifest(EMPTY, "ours");
      sink.putManifest(EMPTY, "ours");
    }
    assertThat(Files.readString(folder.resolve("index.json")))
        .startsWith("{\"schemaVersion\":2,\"own\":{\"a\":[1]},\"manifests\":[{")
        .contains("\"unknown\":true", "\"x\":\"y\"", "\"annotations\":{\"k\":\"v\"}");
    assertThat(layout.source().tags()).containsExactly("other", "ours");
    assertThat(layout.entries()).hasSize(2);
  }

  @Test
  void manifestsWithoutATagAreListedUntilAnIndexHoldsThem() throws IOException {
    OciLayout layout = OciLayout.create(folder);
    try (ImageSink sink = layout.sink()) {
      sink.putManifest(EMPTY, null);
      assertThat(layout.entries()).hasSize(1);
      Index parent =
          new Index(MediaType.OCI_INDEX, null, List.of(EMPTY.descriptor()), null, new TreeMap<>());
      sink.putManifest(parent.toRaw(), "all");
    }
    assertThat(layout.entries()).hasSize(1);
    assertThat(layout.source().tags()).containsExactly("all");
  }

  @Test
  void whatASparseLayoutLacksIsNamed() throws IOException {
    OciLayout layout = OciLayout.create(folder);
    Descriptor child = Descriptor.of(MediaType.OCI_MANIFEST, Digest.sha256(new byte[9]), 9);
    try (ImageSink sink = layout.sink()) {
      Index parent = new Index(MediaType.OCI_INDEX, null, List.of(child), null, new TreeMap<>());
      sink.putManifest(parent.toRaw(), "sparse");
    }
    try (ImageSource source = layout.source()) {
      assertThat(source.manifest("sparse").isIndex()).isTrue();
      assertThatThrownBy(() -> source.manifest(child.digest().toString()))
          .isInstanceOf(ContentNotFoundException.class)
          .hasMessageContaining(child.digest().toString())
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void whatIsNoLayoutIsLeftAlone() throws IOException {
    assertThatThrownBy(() -> OciLayout.open(folder.resolve("missing")))
        .isInstanceOf(ContentNotFoundException.class)
        .hasMessageContaining("there is no directory");
    Files.writeString(folder.resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> OciLayout.open(folder))
        .isInstanceOf(ContentNotFoundException.class)
        .hasMessageContaining("is no OCI image layout");
    assertThatThrownBy(() -> OciLayout.create(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither empty nor an OCI image layout");
    assertThat(folder.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void aDamagedIndexIsNamed() throws IOException {
    OciLayout layout = OciLayout.create(folder);
    Files.writeString(folder.resolve("index.json"), "{");
    assertThatThrownBy(layout::entries)
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(folder.resolve("index.json").toString());
  }
}
