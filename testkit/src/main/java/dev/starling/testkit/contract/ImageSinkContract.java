package dev.starling.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every image sink must do. */
public abstract class ImageSinkContract extends RepositoryContract {

  @Test
  void aBlobIsWrittenOnce() throws IOException {
    assertThat(sink().hasBlob(blob)).isFalse();
    assertThat(put(bytes)).isEqualTo(Outcome.WRITTEN);
    assertThat(sink().hasBlob(blob)).isTrue();
    Outcome second =
        sink()
            .putBlob(
                blob,
                offset -> {
                  throw new AssertionError("the content is not needed");
                },
                null);
    assertThat(second).isEqualTo(Outcome.EXISTS);
    assertThat(read(blob)).isEqualTo(bytes);
  }

  @Test
  void wrongContentIsNeverVisible() throws IOException {
    byte[] wrong = bytes.clone();
    wrong[700_000] ^= 1;
    byte[] tooShort = Arrays.copyOf(bytes, bytes.length - 1);
    byte[] tooLong = Arrays.copyOf(bytes, bytes.length + 1);
    for (byte[] content : List.of(wrong, tooShort, tooLong)) {
      assertThatThrownBy(() -> put(blob, content))
          .as("%d bytes", content.length)
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining(blob.digest().toString());
      assertThat(sink().hasBlob(blob)).isFalse();
    }
    assertThat(put(bytes)).isEqualTo(Outcome.WRITTEN);
    assertThat(read(blob)).isEqualTo(bytes);
  }

  @Test
  void contentThatCannotBeReadFailsAsItsReaderDid() throws IOException {
    assertThatThrownBy(() ->
            sink()
                .putBlob(
                    blob,
                    offset -> {
                      throw new IOException("the reader's own words");
                    },
                    null))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("the reader's own words");
    assertThat(sink().hasBlob(blob)).isFalse();
  }

  @Test
  void manyWriteTheSameBlobAtOnce() throws Exception {
    List<Outcome> outcomes = atOnce(6, () -> put(bytes));
    assertThat(outcomes).contains(Outcome.WRITTEN).doesNotContain(Outcome.MOUNTED);
    assertThat(read(blob)).isEqualTo(bytes);
  }

  @Test
  void manyWriteImagesAtOnce() throws Exception {
    RawManifest first = writeSample("tag");
    java.util.concurrent.atomic.AtomicInteger number =
        new java.util.concurrent.atomic.AtomicInteger();
    atOnce(6, () -> writeSample("tag" + number.incrementAndGet()));
    try (ImageSource source = source()) {
      assertThat(source.tags())
          .containsExactly("tag", "tag1", "tag2", "tag3", "tag4", "tag5", "tag6");
      assertThat(source.manifest("tag6")).isEqualTo(first);
    }
  }

  @Test
  void anEmptyBlobIsWritten() throws IOException {
    assertThat(put(new byte[0])).isIn(Outcome.WRITTEN, Outcome.EXISTS);
    assertThat(sink().hasBlob(descriptor(new byte[0]))).isTrue();
    assertThat(read(descriptor(new byte[0]))).isEmpty();
  }

  @Test
  void aManifestKeepsEveryByte() throws IOException {
    put(bytes);
    Descriptor config = descriptor("{}".getBytes(StandardCharsets.UTF_8));
    put("{}".getBytes(StandardCharsets.UTF_8));
    String text =
        """
        {
          "unknown" : [ 1, 2.50, "\\u003c" ],
          "schemaVersion":2, "mediaType":"application/vnd.oci.image.manifest.v1+json",
          "config":{"size":2,"digest":"%s","mediaType":"application/vnd.oci.image.config.v1+json"},
          "layers":[{"digest":"%s","size":%d,
            "mediaType":"application/vnd.oci.image.layer.v1.tar","x-own":true}]
        }

        """
            .formatted(config.digest(), blob.digest(), blob.size());
    RawManifest odd =
        new RawManifest(MediaType.OCI_MANIFEST, text.getBytes(StandardCharsets.UTF_8));
    sink().putManifest(odd, "odd");
    try (ImageSource source = source()) {
      assertThat(source.manifest("odd").bytes()).isEqualTo(odd.bytes());
      assertThat(source.manifest(odd.digest().toString())).isEqualTo(odd);
    }
  }

  @Test
  void aManifestWhoseBlobsAreMissingIsRefused() throws IOException {
    put(bytes);
    Descriptor missing = descriptor(new byte[] {4, 5, 6});
    RawManifest incomplete =
        new Manifest(
                MediaType.OCI_MANIFEST,
                null,
                missing.withMediaType(MediaType.OCI_CONFIG),
                List.of(blob),
                null,
                new TreeMap<>())
            .toRaw();
    assertThatThrownBy(() -> sink().putManifest(incomplete, "incomplete"))
        .isInstanceOf(IOException.class);
    writeSample("complete");
    try (ImageSource source = source()) {
      assertThat(source.tags()).containsExactly("complete");
      assertThatThrownBy(() -> source.manifest("incomplete"))
          .isInstanceOf(ContentNotFoundException.class);
    }
  }

  @Test
  void aTagMovesToTheNewImage() throws IOException {
    RawManifest first = writeSample("latest");
    Manifest changed = Manifest.parse(first);
    RawManifest second =
        changed.withContent(changed.config(), changed.layers().subList(0, 1)).toRaw();
    sink().putManifest(second, "latest");
    try (ImageSource source = source()) {
      assertThat(source.tags()).containsExactly("latest");
      assertThat(source.manifest("latest")).isEqualTo(second);
    }
  }

  @Test
  void aManifestWithoutATagIsReadByItsDigest() throws IOException {
    RawManifest tagged = writeSample("tagged");
    Manifest changed = Manifest.parse(tagged);
    RawManifest untagged =
        changed.withContent(changed.config(), changed.layers().subList(0, 1)).toRaw();
    sink().putManifest(untagged, null);
    try (ImageSource source = source()) {
      assertThat(source.manifest(untagged.digest().toString())).isEqualTo(untagged);
      assertThat(source.tags()).containsExactly("tagged");
    }
  }

  private byte[] read(Descriptor descriptor) throws IOException {
    try (ImageSource source = source();
        InputStream in = source.openBlob(descriptor)) {
      return in.readAllBytes();
    }
  }
}
