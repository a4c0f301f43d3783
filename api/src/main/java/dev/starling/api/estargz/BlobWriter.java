package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import dev.starling.api.tar.TarEntry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes the finished members in order, and the TOC and footer after them; computes the digests of
 * the blob, of what it decompresses to, and of files of several chunks. One thread at a time.
 */
final class BlobWriter implements Pipeline.JobSink {

  private static final int END_OF_ARCHIVE = 2 * TarEntry.BLOCK;

  private final WritableByteChannel target;
  private final Codec codec;
  private final int level;
  private final SegmentHash blobHash = new SegmentHash();
  private final SegmentHash diffHash = new SegmentHash();
  private final SegmentHash fileHash = new SegmentHash();
  private final TocWriter toc = new TocWriter();
  private long size;
  private long uncompressedSize;

  BlobWriter(WritableByteChannel target, Codec codec, int level) throws IOException {
    this.target = target;
    this.codec = codec;
    this.level = level;
  }

  /**
   * The finished blob.
   *
   * @param digest of all its bytes
   * @param size in bytes
   * @param diffId of its decompressed bytes
   * @param uncompressedSize in bytes
   * @param tocDigest of the TOC JSON
   */
  record Summary(
      Digest digest, long size, Digest diffId, long uncompressedSize, Digest tocDigest) {}

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

  /** Writes the TOC and the footer. */
  Summary finish() throws IOException {
    TocBuffer json = toc.finish();
    Digest tocDigest = json.digest();
    long tocOffset = size;
    try (Arena arena = Arena.ofConfined();
        DeflateEngine engine = codec.open(level)) {
      MemorySegment tar = tocTar(arena, json);
      diffHash.update(tar);
      uncompressedSize += tar.byteSize();
      int bound = engine.bound(Math.toIntExact(tar.byteSize())) + GzipFormat.OVERHEAD;
      MemorySegment member = arena.allocate(bound);
      write(member.asSlice(0, GzipFormat.writeMember(engine, tar, member)));
      byte[] footer = GzipFormat.footer(tocOffset);
      MemorySegment last = arena.allocate(footer.length);
      MemorySegment.copy(footer, 0, last, ValueLayout.JAVA_BYTE, 0, footer.length);
      write(last);
    }
    return new Summary(
        Digest.of(blobHash.digest()),
        size,
        Digest.of(diffHash.digest()),
        uncompressedSize,
        tocDigest);
  }

  private static MemorySegment tocTar(Arena arena, TocBuffer json) {
    byte[] header = GzipFormat.tarHeader(GzipFormat.TOC_NAME, json.size());
    int padding = -json.size() & (TarEntry.BLOCK - 1);
    MemorySegment tar =
        arena.allocate((long) header.length + json.size() + padding + END_OF_ARCHIVE);
    MemorySegment.copy(header, 0, tar, ValueLayout.JAVA_BYTE, 0, header.length);
    json.copyTo(tar, header.length);
    return tar;
  }

  private void write(MemorySegment bytes) throws IOException {
    blobHash.update(bytes);
    size += bytes.byteSize();
    ByteBuffer buffer = bytes.asByteBuffer();
    while (buffer.hasRemaining()) {
      target.write(buffer);
    }
  }
}
