package dev.starling.api.estargz;

import dev.starling.api.tar.TarCursor;
import dev.starling.api.tar.TarEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Lays entries out as jobs: a member begins at a piece of content and goes on through padding and
 * headers until the next, or, with a minimum chunk size, until the first one that comes after as
 * many bytes of content. A member that holds content begins with some. Where members and jobs are
 * cut depends on the content alone. For one thread.
 */
final class TarAssembler {

  private static final int BUFFER = 128 << 10;

  private final Pipeline pipeline;
  private final int chunkSize;
  private final int minChunkSize;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] zeros = new byte[TarEntry.BLOCK];
  private @Nullable Job current;

  /** How many bytes of content the last member holds that begins with some; -1 for no such one. */
  private long held = -1;

  TarAssembler(Pipeline pipeline, EstargzOptions options) {
    this.pipeline = pipeline;
    this.chunkSize = options.chunkSize();
    this.minChunkSize = options.minChunkSize();
  }

  /** Adds a landmark: readers look for it where a member begins. */
  void addLandmark(TarEntry landmark, TarCursor content) throws IOException, InterruptedException {
    held = -1;
    add(landmark, content);
  }

  /** Adds an entry, reading its content from the cursor that stands at it. */
  void add(TarEntry entry, TarCursor content) throws IOException, InterruptedException {
    append(entry.header(), 0, entry.header().length);
    addContent(entry, content);
    append(zeros, 0, entry.padding());
  }

  /** Adds an entry whose header was appended and whose padding will be. */
  void addContent(TarEntry entry, TarCursor content) throws IOException, InterruptedException {
    if (entry.size() == 0) {
      job().rows.add(new Job.Row(entry, -1, 0, false, true));
      return;
    }
    for (long at = 0; at < entry.size(); at += chunkSize) {
      addPiece(entry, at, (int) Math.min(chunkSize, entry.size() - at), content);
    }
  }

  /** Hands over what is left. */
  void finish() throws IOException, InterruptedException {
    if (current != null) {
      flush(current);
    }
  }

  private void addPiece(TarEntry entry, long offset, int length, TarCursor content)
      throws IOException, InterruptedException {
    Job job = job();
    boolean full = held < 0 || held >= minChunkSize;
    if (job.room() < length
        || (full && (job.length() >= Job.TARGET || job.members() == Job.MAX_MEMBERS))) {
      flush(job);
      job = job();
      full = true;
    }
    if (full) {
      job.beginMember();
      held = 0;
    }
    held += length;
    boolean last = offset + length == entry.size();
    job.rows.add(new Job.Row(entry, job.pieces.size(), offset, length == chunkSize, last));
    job.pieces.add(new Job.Piece(job.members() - 1, job.length(), length));
    int remaining = length;
    while (remaining > 0) {
      int read = content.read(buffer, 0, Math.min(remaining, BUFFER));
      if (read < 0) {
        throw new IllegalStateException("content of '" + entry.name() + "' is too short");
      }
      put(job, buffer, 0, read);
      remaining -= read;
    }
  }

  /** Adds bytes that are no content; they may be spread over members at will. */
  void append(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      Job job = job();
      if (job.room() == 0) {
        flush(job);
        job = job();
      }
      if (job.members() == 0) {
        job.beginMember();
      }
      int count = Math.min(job.room(), end - at);
      put(job, bytes, at, count);
      at += count;
    }
  }

  private static void put(Job job, byte[] bytes, int offset, int length) {
    MemorySegment.copy(bytes, offset, job.input, ValueLayout.JAVA_BYTE, job.length(), length);
    job.grow(length);
  }

  private Job job() throws IOException, InterruptedException {
    Job job = current;
    if (job == null) {
      job = pipeline.take();
      current = job;
    }
    return job;
  }

  private void flush(Job job) throws InterruptedException {
    current = null;
    held = -1;
    pipeline.submit(job);
  }
}
