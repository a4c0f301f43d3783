package dev.starling.shell.demo;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.BlobWriter;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.job.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a sample of files as an ordinary gzip layer. */
final class LayerMaker {

  private static final int BUFFER = 128 * 1024;

  private final BlobFolder blobs;
  private final Cancellation cancellation;

  LayerMaker(BlobFolder blobs, Cancellation cancellation) {
    this.blobs = blobs;
    this.cancellation = cancellation;
  }

  /**
   * A layer.
   *
   * @param blob its descriptor
   * @param diffId the digest of its tar
   * @param tarSize the length of its tar in bytes
   * @param entries how many entries it has
   */
  record Made(Descriptor blob, Digest diffId, long tarSize, int entries) {}

  /** Writes the files under their own paths. */
  Made make(FileSample sample) throws IOException {
    MessageDigest diffId = Digest.newSha256();
    long tarSize;
    int entries = 0;
    try (BlobWriter blob = blobs.newBlob()) {
      OutputStream gzip = new GZIPOutputStream(new Unclosed(blob), BUFFER);
      TarArchiveOutputStream tar =
          new TarArchiveOutputStream(new DigestOutputStream(gzip, diffId), "UTF-8");
      try (tar) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (Path file : sample.files()) {
          cancellation.check();
          entries += add(tar, file) ? 1 : 0;
        }
        tar.finish();
        tarSize = tar.getBytesWritten();
      }
      return new Made(
          blob.commit(MediaType.OCI_LAYER_GZIP), Digest.of(diffId.digest()), tarSize, entries);
    }
  }

  /** Adds a file, unless it has gone or changed meanwhile. */
  private static boolean add(TarArchiveOutputStream tar, Path file) throws IOException {
    String name = file.toString().substring(1);
    if (Files.isSymbolicLink(file)) {
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(file).toString());
      entry.setModTime(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
      return true;
    }
    if (Files.isDirectory(file)) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "/");
      entry.setModTime(Files.getLastModifiedTime(file));
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
      return true;
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readAllBytes(); // a sample's files are small
    } catch (NoSuchFileException e) {
      return false;
    }
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
    entry.setModTime(Files.getLastModifiedTime(file));
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return true;
  }

  /** Ends the compression without discarding the blob, which is committed after that. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
