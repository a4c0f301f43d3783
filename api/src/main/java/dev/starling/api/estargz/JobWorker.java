package dev.starling.api.estargz;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.BlockingQueue;

/** Compresses and hashes jobs until it is interrupted. */
final class JobWorker implements Runnable {

  private final BlockingQueue<Job> jobs;
  private final BlobFormat format;

  JobWorker(BlockingQueue<Job> jobs, BlobFormat format) {
    this.jobs = jobs;
    this.format = format;
  }

  @Override
  public void run() {
    try (MemberWriter members = format.open()) {
      SegmentHash hash = new SegmentHash();
      while (!Thread.currentThread().isInterrupted()) {
        Job job = jobs.take();
        try {
          process(job, members, hash);
          job.done().complete(null);
        } catch (RuntimeException | Error e) {
          job.done().completeExceptionally(e);
        }
      }
    } catch (InterruptedException e) {
      // The conversion is over.
    }
  }

  private static void process(Job job, MemberWriter members, SegmentHash hash) {
    int at = 0;
    for (int i = 0; i < job.members(); i++) {
      MemorySegment out = job.output.asSlice(at);
      MemorySegment in = job.member(i);
      int needed = members.bound((int) in.byteSize());
      if (needed > out.byteSize()) {
        throw new IllegalStateException(
            "a member of " + in.byteSize() + " bytes has room for " + out.byteSize() + " only");
      }
      at += members.write(in, out);
      job.memberEnds[i] = at;
    }
    for (Job.Piece piece : job.pieces) {
      hash.update(job.input.asSlice(piece.start(), piece.length()));
      job.pieceDigests.add(hash.digest());
    }
  }
}
