package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A layer converted for a test: the result, the blob, and its TOC if that is external. */
record Converted(ConvertedLayer layer, BytesBlob blob, @Nullable BytesBlob externalToc) {

  Converted(ConvertedLayer layer, BytesBlob blob) {
    this(layer, blob, null);
  }

  static Converted of(byte[] source, EstargzOptions options, Path folder) throws IOException {
    Path target = folder.resolve("layer.esgz");
    ConvertedLayer layer =
        LayerConverter.convert(
            offset ->
                new ByteArrayInputStream(Arrays.copyOfRange(source, (int) offset, source.length)),
            target,
            options,
            folder,
            read -> {});
    Path toc = LayerConverter.tocFile(target);
    Converted converted =
        new Converted(layer, BytesBlob.of(target), Files.exists(toc) ? BytesBlob.of(toc) : null);
    Files.delete(target);
    Files.deleteIfExists(toc);
    return converted;
  }

  byte[] tocJson() throws IOException {
    return unverifiedToc().json();
  }

  Toc toc() throws IOException {
    return unverifiedToc().verify(tocDigest());
  }

  private UnverifiedToc unverifiedToc() throws IOException {
    return externalToc == null
        ? UnverifiedToc.read(blob)
        : UnverifiedToc.readExternal(blob, externalToc.content());
  }

  Digest tocDigest() {
    return Objects.requireNonNull(layer.tocDigest());
  }

  List<String> names() throws IOException {
    return toc().entries().stream().map(TocEntry::name).toList();
  }

  /** What a check of the blob against the converter's own figures finds. */
  List<LayerVerifier.Problem> problems() throws IOException {
    return LayerVerifier.verify(
        blob,
        new LayerVerifier.Expected(layer.digest(), layer.size(), layer.diffId(), layer.tocDigest()),
        externalToc == null ? null : externalToc.content());
  }

  byte[] content(String path) throws IOException {
    Toc toc = toc();
    TocNode node = toc.find(path);
    if (node == null || !(node.entry() instanceof TocEntry.RegularFile file)) {
      throw new IOException("no file " + path);
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (Chunk chunk : file.chunks()) {
      out.writeBytes(toc.open(blob).read(chunk));
    }
    if (!Digest.sha256(out.toByteArray()).equals(file.digest())) {
      throw new IOException("digest of " + path);
    }
    return out.toByteArray();
  }
}
