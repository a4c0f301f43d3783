package dev.starling.api.estargz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The threads behind one conversion: any number of workers and one writer, which takes the finished
 * jobs in the order in which they were submitted. A bounded number of jobs goes round. The producer
 * alone calls the methods; closing ends the threads and frees the memory.
 */
final class Pipeline implements AutoCloseable {

  private static final long MEMORY = 64L << 20;

  /** Writes finished jobs, on the writer's thread. */
  interface JobSink {
    void write(Job job) throws IOException;
  }

  private final Arena arena = Arena.ofShared();
  private final int capacity;
  private final int maxJobs;
  private final BlockingQueue<Job> free;
  private final BlockingQueue<Job> toCompress;
  private final BlockingQueue<Job> toWrite;
  private final Job end;
  private final List<Thread> workers = new ArrayList<>();
  private final Thread writer;
  private int created;
  private volatile @Nullable Throwable failure;

  Pipeline(EstargzOptions options, BlobFormat format, JobSink sink) {
    capacity = Job.capacity(options.chunkSize());
    long affordable = MEMORY / Job.footprint(options.chunkSize());
    int threads = options.workers();
    maxJobs = (int) Math.clamp(affordable, threads + 2L, 2L * threads + 2);
    free = new ArrayBlockingQueue<>(maxJobs);
    toCompress = new ArrayBlockingQueue<>(maxJobs);
    toWrite = new ArrayBlockingQueue<>(maxJobs + 1);
    end = new Job(arena, 0);
    for (int i = 0; i < threads; i++) {
      JobWorker worker = new JobWorker(toCompress, format);
      workers.add(Thread.ofPlatform().daemon().name("estargz-worker-" + i).start(worker));
    }
    writer = Thread.ofPlatform().daemon().name("estargz-writer").start(() -> writeAll(sink));
  }

  /** An empty job; waits until one is free. */
  Job take() throws IOException, InterruptedException {
    throwFailure();
    Job job = free.poll();
    if (job == null && created < maxJobs) {
      created++;
      return new Job(arena, capacity);
    }
    return job == null ? free.take() : job;
  }

  /** Hands a filled job over. */
  void submit(Job job) throws InterruptedException {
    toWrite.put(job);
    toCompress.put(job);
  }

  /** Waits until everything is written. */
  void finish() throws IOException, InterruptedException {
    toWrite.put(end);
    writer.join();
    throwFailure();
  }

  private void throwFailure() throws IOException {
    Throwable cause = failure;
    switch (cause) {
      case null -> {}
      case IOException e -> throw e;
      case UncheckedIOException e -> throw e.getCause();
      case Error e -> throw e;
      default -> throw new IllegalStateException("converting a layer failed", cause);
    }
  }

  private void writeAll(JobSink sink) {
    try {
      for (Job job = toWrite.take(); job != end; job = toWrite.take()) {
        write(job, sink);
        job.clear();
        free.put(job);
      }
    } catch (InterruptedException e) {
      // The conversion was given up.
    }
  }

  /** After a failure jobs only go round, so that the producer is never stuck and soon notices. */
  private void write(Job job, JobSink sink) throws InterruptedException {
    try {
      job.done().get();
      if (failure == null) {
        sink.write(job);
      }
    } catch (ExecutionException e) {
      failure = e.getCause();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    writer.interrupt();
    workers.forEach(Thread::interrupt);
    boolean interrupted = joinAll();
    arena.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The memory may be freed only when nobody uses it any more. */
  private boolean joinAll() {
    boolean interrupted = false;
    List<Thread> threads = new ArrayList<>(workers);
    threads.add(writer);
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    return interrupted;
  }
}
