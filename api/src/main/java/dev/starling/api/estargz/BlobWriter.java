package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the finished members in order, and the TOC and footer after them; computes the digests of
 * the blob, of what it decompresses to, and of files of several chunks. One thread at a time.
 */
final class BlobWriter implements Pipeline.JobSink {

  private final WritableByteChannel target;
  private final BlobFormat format;
  private final SegmentHash blobHash = new SegmentHash();
  private final SegmentHash diffHash = new SegmentHash();
  private final SegmentHash fileHash = new SegmentHash();
  private final TocWriter toc = new TocWriter();
  private long size;
  private long uncompressedSize;

  BlobWriter(WritableByteChannel target, BlobFormat format) throws IOException {
    this.target = target;
    this.format = format;
  }

  /**
   * The finished blob.
   *
   * @param digest of all its bytes
   * @param size in bytes
   * @param diffId of its decompressed bytes
   * @param uncompressedSize in bytes
   * @param tocDigest of the TOC JSON
   * @param manifest of a zstd:chunked layer, or null
   * @param toc of a layer with an external TOC, or null
   */
  record Summary(
      Digest digest,
      long size,
      Digest diffId,
      long uncompressedSize,
      Digest tocDigest,
      @Nullable ZstdManifest manifest,
      @Nullable TocBlob toc) {}

  @Override
  public void write(Job job) throws IOException {
    for (Job.Row row : job.rows) {
      addRow(job, row);
    }
    diffHash.update(job.input.asSlice(0, job.length()));
    uncompressedSize += job.length();
    write(job.output.asSlice(0, job.memberOutputStart(job.members())));
  }

  private void addRow(Job job, Job.Row row) throws IOException {
    if (row.piece() < 0) {
      toc.add(row.entry());
      return;
    }
    Job.Piece piece = job.pieces.get(row.piece());
    boolean first = row.chunkOffset() == 0;
    TocWriter.Place place =
        new TocWriter.Place(
            size + job.memberOutputStart(piece.member()),
            job.innerOffset(piece),
            job.pieceDigests.get(row.piece()));
    int chunkSize = row.fullChunk() ? piece.length() : 0;
    if (first) {
      toc.add(row.entry(), place, chunkSize, row.last());
    } else {
      toc.addChunk(row.entry().name(), place, row.chunkOffset(), chunkSize);
    }
    if (!(first && row.last())) {
      fileHash.update(job.input.asSlice(piece.start(), piece.length()));
      if (row.last()) {
        toc.complete(fileHash.digest());
      }
    }
  }

  /**
   * Writes the TOC and the footer.
   *
   * @param tocFile where the TOC goes if it is external
   */
  Summary finish(Path tocFile) throws IOException {
    TocBuffer json = toc.finish();
    Digest tocDigest = json.digest();
    ZstdManifest manifest;
    TocBlob toc;
    try (Arena arena = Arena.ofConfined()) {
      BlobFormat.Tail tail = format.tail(arena, json, size);
      diffHash.update(tail.tar());
      uncompressedSize += tail.tar().byteSize();
      for (MemorySegment part : tail.parts()) {
        write(part);
      }
      manifest = tail.manifest();
      toc = tail.toc() == null ? null : writeToc(tail.toc(), tocFile);
    }
    return new Summary(
        Digest.of(blobHash.digest()),
        size,
        Digest.of(diffHash.digest()),
        uncompressedSize,
        tocDigest,
        manifest,
        toc);
  }

  private static TocBlob writeToc(MemorySegment toc, Path file) throws IOException {
    SegmentHash hash = new SegmentHash();
    hash.update(toc);
    try (TargetFile target = new TargetFile(file)) {
      write(toc, target);
    }
    return new TocBlob(Digest.of(hash.digest()), toc.byteSize());
  }

  private void write(MemorySegment bytes) throws IOException {
    blobHash.update(bytes);
    size += bytes.byteSize();
    write(bytes, target);
  }

  private static void write(MemorySegment bytes, WritableByteChannel target) throws IOException {
    ByteBuffer buffer = bytes.asByteBuffer();
    while (buffer.hasRemaining()) {
      target.write(buffer);
    }
  }
}
