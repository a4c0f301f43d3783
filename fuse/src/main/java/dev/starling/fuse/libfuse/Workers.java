package dev.starling.fuse.libfuse;

import dev.starling.fuse.binding.Libfuse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The threads that answer one mount's requests: one that waits for the next request and as many as
 * are being answered, so that a slow answer holds no other one up. libfuse's own loop keeps ten
 * that have nothing to do, which with a mount for each layer of some images are hundreds.
 */
final class Workers {
  private static final Logger LOGGER = System.getLogger(Workers.class.getName());

  /**
   * With so many at work, further requests wait in the kernel. Each takes half a megabyte while it
   * reads; more would not be faster, since what they wait for comes over one network.
   */
  private static final int MOST = 64;

  /** So many wait for requests when there are none: a few, as requests come in bursts. */
  private static final int WAITING = 2;

  private final Libfuse libfuse;
  private final Pointer session;
  private final Pointer channel;
  private final KeptListings listings;
  private final String name;
  private int threads;
  private int waiting;

  /**
   * @param name of the threads
   */
  Workers(Libfuse libfuse, Pointer session, Pointer channel, String name) {
    this.libfuse = libfuse;
    this.session = session;
    this.channel = channel;
    this.listings = new KeptListings(libfuse, channel);
    this.name = name;
  }

  /** Answers requests, on this thread and others, until the mount has ended and they have too. */
  void serve() {
    try (listings) {
      begin();
      answer(true);
      awaitOthers();
    }
  }

  private synchronized void begin() {
    threads++;
    waiting++;
  }

  /**
   * @param stays whether the thread goes on however many others wait
   */
  private void answer(boolean stays) {
    try {
      Runtime runtime = Runtime.getSystemRuntime();
      // Not cleared: most requests are short, and memory that nobody has touched costs nothing.
      long size = libfuse.fuse_chan_bufsize(channel);
      Pointer buffer = Memory.allocateDirect(runtime, Math.toIntExact(size), false);
      Pointer place = Memory.allocateDirect(runtime, runtime.addressSize());
      do {
        int length = receive(place, buffer, size);
        stopWaiting(length > 0);
        if (length <= 0) {
          return;
        }
        libfuse.fuse_session_process(session, buffer, length, listings.channelFor(buffer));
      } while (waitAgain(stays));
    } finally {
      end();
    }
  }

  /** The length of the next request, or 0 or less when the mount has ended. */
  private int receive(Pointer place, Pointer buffer, long size) {
    while (true) {
      place.putPointer(0, channel);
      int length = libfuse.fuse_chan_recv(place, buffer, size);
      if (length != -Errno.EINTR.number() && length != -Errno.EAGAIN.number()) {
        return length;
      }
    }
  }

  /**
   * This thread waits no more.
   *
   * @param goesOn whether another request may come, for which somebody must wait
   */
  private synchronized void stopWaiting(boolean goesOn) {
    waiting--;
    if (!goesOn || waiting > 0 || threads >= MOST) {
      return;
    }
    begin();
    try {
      Thread.ofPlatform().daemon().name(name).start(() -> answer(false));
    } catch (OutOfMemoryError e) {
      // The system gives no more threads: what comes meanwhile waits for one of those there are.
      waiting--;
      end();
      LOGGER.log(Level.WARNING, name + ": " + e.getMessage());
    }
  }

  /** This thread has answered; false if enough others wait for the next request. */
  private synchronized boolean waitAgain(boolean stays) {
    if (!stays && waiting >= WAITING) {
      return false;
    }
    waiting++;
    return true;
  }

  private synchronized void end() {
    threads--;
    notifyAll();
  }

  private synchronized void awaitOthers() {
    boolean interrupted = false;
    while (threads > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
