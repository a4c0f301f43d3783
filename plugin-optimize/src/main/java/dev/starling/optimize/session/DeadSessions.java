package dev.starling.optimize.session;

import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What processes that were killed left of their sessions.
 *
 * @param sessions the folder of journals
 * @param containers the folder of what is large
 */
public record DeadSessions(Path sessions, Path containers) {

  /** A folder without a journal is being made just now, unless it is older than this. */
  private static final Duration BIRTH = Duration.ofMinutes(1);

  /** Where sessions are kept. */
  public static DeadSessions of(StarlingDirectories directories) {
    return new DeadSessions(
        directories.runtime().resolve("sessions"), directories.data().resolve("containers"));
  }

  /**
   * Undoes them. What cannot be undone is said and left for the next time.
   *
   * @throws IOException if the folders cannot be read
   */
  public void sweep(Log log) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (Path session : list(sessions)) {
        try {
          sweep(session, log);
        } catch (IOException e) {
          log.warn(
              "cannot remove what is left of " + session.getFileName() + ": " + e.getMessage());
        }
      }
      // After the machine was started anew there are no journals, and nothing is mounted.
      for (Path folder : list(containers)) {
        if (Files.notExists(sessions.resolve(folder.getFileName())) && isOld(folder)) {
          FolderTree.delete(folder.toRealPath());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void sweep(Path session, Log log) throws IOException {
    if (Files.notExists(session.resolve("journal")) && !isOld(session)) {
      return;
    }
    Journal journal = Journal.takeOver(session);
    if (journal != null) {
      log.debug("removing what is left of " + session.getFileName());
      Session.undo(journal, session.toRealPath());
    }
  }

  private static boolean isOld(Path folder) throws IOException {
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(BIRTH));
    } catch (NoSuchFileException e) {
      return false; // another process swept it
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return entries;
  }
}
