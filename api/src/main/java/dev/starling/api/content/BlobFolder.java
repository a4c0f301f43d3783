package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.internal.files.AtomicFiles;
import dev.starling.api.internal.files.FileErrors;
import dev.starling.api.internal.files.PathLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A folder of blobs by digest, as {@code blobs/<algorithm>/<hex>} below a root. What is there is
 * complete: content is written beside it, in {@code ingest/}, verified, made durable and renamed. A
 * write that broke off leaves its part there, and the next one of the same blob continues it. Safe
 * for use by several threads and processes; nothing is created before the first write.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md#blobs">OCI
 *     image layout, blobs</a>
 */
public final class BlobFolder {

  private final Path root;
  private final IngestArea ingest;

  /** A folder with a lock file of its own, {@code .lock}. */
  public BlobFolder(Path root) {
    this(root, root.resolve(".lock"), Clock.systemUTC());
  }

  /**
   * Blobs below a folder.
   *
   * @param root the folder that {@code blobs/} is in
   * @param lockFile a file that all users of the folder lock for a moment; nobody else opens it
   * @param clock tells the age of what broken writes have left
   */
  public BlobFolder(Path root, Path lockFile, Clock clock) {
    this.root = root;
    this.ingest = new IngestArea(root, lockFile, clock);
  }

  /** The folder that {@code blobs/} is in. */
  public Path root() {
    return root;
  }

  /** Where the blob is or would be. */
  public Path file(Digest digest) {
    return root.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
  }

  /** Whether the blob is there with the right size: a truncated file is none. */
  public boolean has(Descriptor blob) throws IOException {
    Path file = file(blob.digest());
    return Files.isRegularFile(file) && Files.size(file) == blob.size();
  }

  /** Whether there is a blob of that digest. */
  public boolean has(Digest digest) {
    return Files.isRegularFile(file(digest));
  }

  /**
   * The blob's file.
   *
   * @throws ContentNotFoundException if there is none
   * @throws CorruptContentException if its size is not the descriptor's
   */
  public Path require(Descriptor blob) throws IOException {
    Path file = require(blob.digest());
    long size = Files.size(file);
    if (size != blob.size()) {
      throw new CorruptContentException(
          "blob %s in %s has %d bytes, expected %d; get the image again to replace it"
              .formatted(blob.digest(), root, size, blob.size()));
    }
    return file;
  }

  /**
   * The file of the blob of that digest.
   *
   * @throws ContentNotFoundException if there is none
   */
  public Path require(Digest digest) throws ContentNotFoundException {
    Path file = file(digest);
    if (!Files.isRegularFile(file)) {
      throw new ContentNotFoundException("there is no blob " + digest + " in " + root);
    }
    return file;
  }

  /**
   * A blob's bytes from {@code offset}, unverified but for the size.
   *
   * @throws ContentNotFoundException if there is no such blob
   * @throws CorruptContentException if its size is not the descriptor's
   */
  public InputStream open(Descriptor blob, long offset) throws IOException {
    if (offset < 0 || offset > blob.size()) {
      throw new IllegalArgumentException(
          "offset " + offset + " is outside of the blob's " + blob.size() + " bytes");
    }
    return openAt(require(blob), offset);
  }

  private static InputStream openAt(Path file, long offset) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      channel.position(offset);
      return Channels.newInputStream(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A blob for random access; fails as {@link #open} does. */
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    return FileBlob.open(require(blob));
  }

  /**
   * Writes a blob unless it is there. What an earlier attempt left is hashed again and continued
   * with {@code content.open(length)}. While another thread or process writes the same blob, this
   * one writes a file of its own, so that neither waits for the other.
   *
   * @return {@link ImageSink.Outcome#EXISTS} or {@link ImageSink.Outcome#WRITTEN}
   * @throws CorruptContentException if the content is not the descriptor's; nothing is left of it
   * @throws IOException if reading the content fails, and what was read stays for the next attempt;
   *     or if the disk is full, and what was written is removed
   */
  public ImageSink.Outcome put(Descriptor blob, BlobContent content) throws IOException {
    if (has(blob)) {
      return ImageSink.Outcome.EXISTS;
    }
    try (IngestFile file = ingest.claim(blob.digest())) {
      return new BlobIngest(this, blob, file).run(content);
    }
  }

  /**
   * Takes over a file that was hashed while it was written: by a hard link where the file system
   * allows it, else by copying.
   *
   * @param file the whole blob; not written to any more
   * @return {@link ImageSink.Outcome#EXISTS} or {@link ImageSink.Outcome#WRITTEN}
   * @throws CorruptContentException if the file's size is not the descriptor's
   */
  public ImageSink.Outcome adopt(Descriptor blob, Path file) throws IOException {
    if (has(blob)) {
      return ImageSink.Outcome.EXISTS;
    }
    if (Files.size(file) != blob.size()) {
      throw new CorruptContentException(
          "%s has %d bytes, blob %s needs %d"
              .formatted(file, Files.size(file), blob.digest(), blob.size()));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path target = file(blob.digest());
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (PathLock _ = ingest.lock()) {
      Files.deleteIfExists(target); // of another size, so not this blob
      Files.createLink(target, file);
      return ImageSink.Outcome.WRITTEN;
    } catch (FileSystemException | UnsupportedOperationException _) {
      return put(blob, offset -> openAt(file, offset)); // another file system, or one without links
    }
  }

  /** Begins a blob whose digest is known when it is complete. The caller closes it. */
  public BlobWriter newBlob() throws IOException {
    return new BlobWriter(this, ingest.claimPrivate());
  }

  /** Begins to protect blobs from being deleted as garbage. The caller closes it. */
  public BlobLease newLease() {
    return new BlobLease(ingest);
  }

  /** The blobs that open leases of any process protect. */
  public Set<Digest> leased() throws IOException {
    return ingest.leased();
  }

  /** The digests of all blobs, sorted; files with other names are left out. */
  public List<Digest> list() throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (String algorithm : List.of("sha256", "sha512")) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(root.resolve("blobs").resolve(algorithm))) {
        for (Path file : files) {
          try {
            digests.add(new Digest(algorithm, String.valueOf(file.getFileName())));
          } catch (IllegalArgumentException _) {
            // some other program's temporary file
          }
        }
      } catch (NoSuchFileException _) {
        // no blob of this algorithm
      }
    }
    Collections.sort(digests);
    return digests;
  }

  /**
   * Deletes a blob. Readers that have it open can go on.
   *
   * @return the number of bytes freed, 0 if there was no such blob
   */
  public long delete(Digest digest) throws IOException {
    Path file = file(digest);
    try {
      long size = Files.size(file);
      return Files.deleteIfExists(file) ? size : 0;
    } catch (NoSuchFileException _) {
      return 0;
    } catch (IOException e) {
      throw FileErrors.explain("delete", file, e);
    }
  }

  /**
   * Deletes what broken writes have left: parts of blobs that nobody has continued for that long,
   * and what cannot be continued at once.
   *
   * @return the number of bytes freed
   */
  public long sweep(Duration age) throws IOException {
    return ingest.sweep(age);
  }

  /** Makes a verified file of the ingest area the blob of that digest. */
  void commit(IngestFile file, Digest digest) throws IOException {
    file.force();
    Path target = file(digest);
    Path folder = target.getParent();
    try (PathLock _ = ingest.lock()) {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      AtomicFiles.move(file.path(), target);
      file.close();
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }
}
