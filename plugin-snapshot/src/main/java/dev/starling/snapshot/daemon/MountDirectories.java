package dev.starling.snapshot.daemon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The directories that images are mounted on: each has one image at a time. Thread-safe. */
final class MountDirectories {

  private final Map<Path, String> images = new HashMap<>();
  private final Set<Path> made = new HashSet<>();

  /**
   * Takes a directory for an image; makes it if it is missing.
   *
   * @throws IOException if it has an image, holds files or cannot be made
   */
  synchronized void take(Path directory, String image) throws IOException {
    String there = images.get(directory);
    if (there != null) {
      throw new IOException(
          directory + " has " + there + " on it; unmount it first: starling unmount " + directory);
    }
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      made.add(directory);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      if (files.iterator().hasNext()) {
        throw new IOException(directory + " is not empty; expected an empty directory to mount on");
      }
    }
    images.put(directory, image);
  }

  /** Takes a directory as an earlier daemon left it, with whatever is on it. */
  synchronized void retake(Path directory, String image) {
    images.put(directory, image);
  }

  /** The image was mounted on the directory, and is not any more. */
  synchronized void free(Path directory) {
    images.remove(directory);
    made.remove(directory);
  }

  /** The image could not be mounted: a directory that was made for it goes. */
  synchronized void giveUp(Path directory) throws IOException {
    images.remove(directory);
    if (made.remove(directory)) {
      Files.deleteIfExists(directory);
    }
  }
}
