package dev.starling.optimize.session;

import dev.starling.api.command.CommandException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a session has made, a JSON object a line, each written before the thing is made. Its lock is
 * held by the process that keeps it, so a journal without one is a dead process's. Used by one
 * thread.
 */
final class Journal implements Closeable {

  private static final String NAME = "journal";
  private static final String LOCK = "lock";
  private static final long MAX_SIZE = 16 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final FileChannel lock;
  private final List<Made> made;

  private Journal(Path folder, FileChannel lock, List<Made> made) {
    this.file = folder.resolve(NAME);
    this.lock = lock;
    this.made = new ArrayList<>(made);
  }

  /**
   * Begins a journal.
   *
   * @param folder made by the caller, empty
   * @throws CommandException if another process has it
   */
  static Journal begin(Path folder) throws IOException {
    Journal journal = take(folder, List.of());
    if (journal == null) {
      throw new CommandException("another process has " + folder);
    }
    return journal;
  }

  /**
   * Takes over a dead process's journal.
   *
   * @return null if the process lives
   */
  static @Nullable Journal takeOver(Path folder) throws IOException {
    Journal journal = take(folder, List.of());
    if (journal == null) {
      return null;
    }
    try {
      journal.made.addAll(read(journal.file));
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static @Nullable Journal take(Path folder, List<Made> made) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new Journal(folder, channel, made);
      }
    } catch (OverlappingFileLockException e) {
      // This process's own.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  private static List<Made> read(Path file) throws IOException {
    List<Made> made = new ArrayList<>();
    String text;
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new IOException(file + " is larger than any journal");
      }
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return made;
    }
    // A line without its end was being written when the process died: nothing was made of it yet.
    for (int start = 0, end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
      try {
        made.add(JSON.readValue(text.substring(start, end), Made.class));
      } catch (JacksonException e) {
        throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
      }
    }
    return made;
  }

  /** All that was noted, the oldest first. */
  List<Made> made() {
    return List.copyOf(made);
  }

  /** Notes what is about to be made. */
  void add(Made thing) throws IOException {
    String line = JSON.writerFor(Made.class).writeValueAsString(thing) + "\n";
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    made.add(thing);
  }

  /** Lets go of it; it stays as it is. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
