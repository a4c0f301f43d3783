package dev.starling.api.estargz;

import dev.starling.api.tar.TarCursor;
import dev.starling.api.tar.TarEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Lays entries out as jobs: a member begins at each piece of content and goes on through padding
 * and headers until the next. Where jobs are cut depends on the content alone. For one thread.
 */
final class TarAssembler {

  private static final int BUFFER = 128 << 10;

  private final Pipeline pipeline;
  private final int chunkSize;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] zeros = new byte[TarEntry.BLOCK];
  private @Nullable Job current;

  TarAssembler(Pipeline pipeline, int chunkSize) {
    this.pipeline = pipeline;
    this.chunkSize = chunkSize;
  }

  /** Adds an entry, reading its content from the cursor that stands at it. */
  void add(TarEntry entry, TarCursor content) throws IOException, InterruptedException {
    append(entry.header(), entry.header().length);
    if (entry.size() == 0) {
      job().rows.add(new Job.Row(entry, -1, 0, false, true));
      return;
    }
    for (long at = 0; at < entry.size(); at += chunkSize) {
      addPiece(entry, at, (int) Math.min(chunkSize, entry.size() - at), content);
    }
    append(zeros, entry.padding());
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
    if (job.length() >= Job.TARGET || job.room() < length || job.members() == Job.MAX_MEMBERS) {
      flush(job);
      job = job();
    }
    job.beginMember();
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
  private void append(byte[] bytes, int length) throws IOException, InterruptedException {
    int at = 0;
    while (at < length) {
      Job job = job();
      if (job.room() == 0) {
        flush(job);
        job = job();
      }
      if (job.members() == 0) {
        job.beginMember();
      }
      int count = Math.min(job.room(), length - at);
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
    pipeline.submit(job);
  }
}
