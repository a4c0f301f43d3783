package dev.starling.optimize.session;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A container's surroundings on this machine, from the first folder to the last mount. Used by one
 * thread; interrupting it does not keep anything from being undone.
 */
public final class Session implements Closeable {

  private final String id;
  private final Path runtimeFolder;
  private final Path folder;
  private final Journal journal;

  private Session(String id, Path runtimeFolder, Path folder, Journal journal) {
    this.id = id;
    this.runtimeFolder = runtimeFolder;
    this.folder = folder;
    this.journal = journal;
  }

  /**
   * Opens a session, after what killed processes left has been undone.
   *
   * @param id the container's name: letters, digits and {@code _+-.}, not beginning with a dot
   * @throws CommandException if a container of that name is running
   * @throws IOException if its folders cannot be made
   */
  public static Session open(StarlingDirectories directories, String id, Log log)
      throws IOException {
    if (!id.matches("[A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,127}")) {
      throw new IllegalArgumentException("not a container's name: " + id);
    }
    DeadSessions dead = DeadSessions.of(directories);
    dead.sweep(log);
    Files.createDirectories(dead.sessions());
    Files.createDirectories(dead.containers());
    Path runtimeFolder = dead.sessions().toRealPath().resolve(id);
    Path folder = dead.containers().toRealPath().resolve(id);
    try {
      Files.createDirectory(runtimeFolder);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException("there is a container " + id + " already; choose another name", e);
    }
    Journal journal = Journal.begin(runtimeFolder);
    Session session = new Session(id, runtimeFolder, folder, journal);
    try {
      journal.add(new Made.Folder(folder.toString()));
      Files.createDirectory(folder);
      return session;
    } catch (IOException | RuntimeException e) {
      try {
        session.close();
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** The container's name. */
  public String id() {
    return id;
  }

  /** A folder for what can be large, without links in its path; goes with the session. */
  public Path folder() {
    return folder;
  }

  /** A folder for what is small; goes with the session. */
  public Path runtimeFolder() {
    return runtimeFolder;
  }

  /**
   * Takes charge of something that is about to be made. It is undone when the session ends, before
   * everything that was taken charge of earlier.
   */
  public void own(Made made) throws IOException {
    journal.add(made);
  }

  /**
   * Undoes everything, the last first. What cannot be undone keeps nothing else from being undone,
   * and stays in the journal for the next session to try.
   *
   * @throws IOException with the first failure, if there was one
   */
  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      undo(journal, runtimeFolder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets go of everything as the process's death would. */
  void abandon() throws IOException {
    journal.close();
  }

  /** Undoes a journal and removes its folder. */
  static void undo(Journal journal, Path runtimeFolder) throws IOException {
    IOException failure = null;
    List<Made> made = journal.made();
    for (Made thing : made.reversed()) {
      try {
        thing.undo();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    try (journal) {
      if (failure != null) {
        throw failure;
      }
      FolderTree.delete(runtimeFolder);
    }
  }
}
