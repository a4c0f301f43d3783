package dev.starling.api.layout;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.internal.files.AtomicFiles;
import dev.starling.api.internal.files.FileErrors;
import dev.starling.api.internal.files.PathLock;
import dev.starling.api.reference.LayoutReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A directory in OCI image layout, holding any number of images. Its {@code index.json} is replaced
 * as a whole, under a lock on the {@code oci-layout} file, so that several threads and processes
 * can write to it; what other programs have put into it stays. Thread-safe.
 */
public final class OciLayout {

  private static final String VERSION_FILE = "oci-layout";
  private static final byte[] VERSION_1 =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  /** How long the parts of broken writes wait for the next attempt. */
  private static final Duration PARTIAL_AGE = Duration.ofDays(7);

  private final Path directory;
  private final Path lockFile;
  private final BlobFolder blobs;

  private OciLayout(Path directory) {
    this.directory = directory;
    this.lockFile = directory.resolve(VERSION_FILE);
    this.blobs = new BlobFolder(directory, lockFile, Clock.systemUTC());
  }

  /**
   * Opens a layout for reading.
   *
   * @throws ContentNotFoundException if the directory is missing or no layout
   * @throws CorruptContentException if it is a layout of an unknown version
   */
  public static OciLayout open(Path directory) throws IOException {
    OciLayout layout = new OciLayout(directory);
    byte[] version;
    try {
      version = PathLock.readLockable(layout.lockFile);
    } catch (NoSuchFileException e) {
      throw new ContentNotFoundException(
          Files.isDirectory(directory)
              ? directory + " is no OCI image layout: it has no oci-layout file"
              : "there is no directory " + directory);
    } catch (IOException e) {
      throw FileErrors.explain("read", layout.lockFile, e);
    }
    if (!new String(version, StandardCharsets.UTF_8)
        .matches("(?s).*\"imageLayoutVersion\"\\s*:\\s*\"1\\..*")) {
      throw new CorruptContentException(
          layout.lockFile + " names no layout version 1; it is another program's or damaged");
    }
    return layout;
  }

  /**
   * Opens a layout for writing; makes the directory if it is missing or empty, and removes what
   * broken writes have left.
   *
   * @throws IOException if the directory holds other things than a layout, or cannot be written
   */
  public static OciLayout create(Path directory) throws IOException {
    OciLayout layout = new OciLayout(directory);
    if (!Files.exists(layout.lockFile)) {
      layout.initialize();
    }
    OciLayout opened = open(directory);
    opened.blobs.sweep(PARTIAL_AGE);
    return opened;
  }

  private void initialize() throws IOException {
    try {
      Files.createDirectories(directory);
      try (var files = Files.list(directory)) {
        if (files.anyMatch(file -> !isOurs(file))) {
          throw new IOException(
              directory + " is neither empty nor an OCI image layout; name another directory");
        }
      }
      try (PathLock lock = PathLock.acquire(lockFile)) {
        if (!Files.exists(indexFile())) {
          AtomicFiles.replace(indexFile(), LayoutIndex.empty().bytes());
        }
        if (lock.channel().size() == 0) {
          lock.channel().write(java.nio.ByteBuffer.wrap(VERSION_1));
          lock.channel().force(true);
        }
      }
    } catch (IOException e) {
      throw FileErrors.explain("write to", directory, e);
    }
  }

  /** What a process that was killed, or is at this moment, while it made the layout leaves. */
  private static boolean isOurs(Path file) {
    return Set.of(VERSION_FILE, "index.json", "index.json.tmp", "blobs", "ingest")
        .contains(String.valueOf(file.getFileName()));
  }

  /** The layout's directory. */
  public Path directory() {
    return directory;
  }

  /** The layout's blobs. */
  public BlobFolder blobs() {
    return blobs;
  }

  /** The entries of {@code index.json}, in their order. */
  public List<Descriptor> entries() throws IOException {
    return readIndex().entries();
  }

  /** The images of the layout by tag, for reading. */
  public ImageSource source() {
    return source(RepositoryNames.plain());
  }

  /** The images of one repository, for reading; all blobs of the layout are readable. */
  public ImageSource source(RepositoryNames names) {
    return new LayoutSource(this, names);
  }

  /** The layout for writing. */
  public ImageSink sink() {
    return sink(RepositoryNames.plain());
  }

  /**
   * One repository of the layout for writing. What is written through it is safe from {@link
   * #collectGarbage} until it is closed.
   */
  public ImageSink sink(RepositoryNames names) {
    return new LayoutSink(this, names);
  }

  /** The layout that the reference names, for reading. */
  public static ImageSource source(LayoutReference reference) throws IOException {
    return open(reference.directory()).source();
  }

  /** The layout that the reference names, for writing; made if missing. */
  public static ImageSink sink(LayoutReference reference) throws IOException {
    return create(reference.directory()).sink();
  }

  /**
   * A manifest or index of the layout by its digest, verified.
   *
   * @throws ContentNotFoundException if the layout lacks it, as it may when it holds an index of
   *     which not all platforms were copied
   */
  public RawManifest manifest(Digest digest) throws IOException {
    return Manifests.read(this, digest);
  }

  /**
   * Checks that all blobs, or manifests, that a manifest names are there with the right size.
   *
   * @throws ContentNotFoundException if one is missing
   * @throws dev.starling.api.image.InvalidImageException if the bytes are no manifest or index
   */
  public void requireContent(RawManifest manifest) throws IOException {
    Manifests.requireBlobs(blobs, manifest);
  }

  /** The digests of these entries and of all that they lead to, as far as it is there. */
  public Set<Digest> reachable(List<Descriptor> from) throws IOException {
    return Manifests.reachable(this, from);
  }

  /**
   * Puts an entry into the index, in place of those that match.
   *
   * @param replaced the entries that go
   */
  public void put(Descriptor entry, Predicate<Descriptor> replaced) throws IOException {
    try (PathLock _ = lock()) {
      LayoutIndex index = readIndex();
      index.removeIf(replaced);
      index.add(entry);
      write(index);
    }
  }

  /**
   * Removes entries from the index; their blobs stay.
   *
   * @return how many there were
   */
  public int removeEntries(Predicate<Descriptor> removed) throws IOException {
    try (PathLock _ = lock()) {
      LayoutIndex index = readIndex();
      int count = index.removeIf(removed);
      if (count > 0) {
        write(index);
      }
      return count;
    }
  }

  /**
   * Deletes the blobs that no entry of the index leads to and no open sink relies on.
   *
   * @return the number of bytes freed
   * @throws CorruptContentException if a manifest is damaged, so that what it leads to is unknown;
   *     nothing is deleted then
   */
  public long collectGarbage() throws IOException {
    try (PathLock _ = lock()) {
      Set<Digest> live = reachable(entries());
      live.addAll(blobs.leased());
      long freed = 0;
      for (Digest digest : blobs.list()) {
        freed += live.contains(digest) ? 0 : blobs.delete(digest);
      }
      return freed;
    }
  }

  private PathLock lock() throws IOException {
    try {
      return PathLock.acquire(lockFile);
    } catch (IOException e) {
      throw FileErrors.explain("write to", directory, e);
    }
  }

  private Path indexFile() {
    return directory.resolve("index.json");
  }

  private LayoutIndex readIndex() throws IOException {
    try {
      return LayoutIndex.parse(Files.readAllBytes(indexFile()), indexFile());
    } catch (NoSuchFileException e) {
      return LayoutIndex.empty();
    } catch (IOException e) {
      throw FileErrors.explain("read", indexFile(), e);
    }
  }

  private void write(LayoutIndex index) throws IOException {
    try {
      AtomicFiles.replace(indexFile(), index.bytes());
    } catch (IOException e) {
      throw FileErrors.explain("write to", directory, e);
    }
  }
}
