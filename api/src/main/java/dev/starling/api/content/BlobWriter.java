package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.internal.files.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Writes a blob whose digest is not known beforehand. It is a blob of its folder after {@link
 * #commit}; closed without that, it is gone. Unbuffered. Not thread-safe.
 */
public final class BlobWriter extends OutputStream {

  private final BlobFolder folder;
  private final IngestFile file;
  private final MessageDigest sha256 = Digest.newSha256();
  private long size;
  private boolean committed;

  BlobWriter(BlobFolder folder, IngestFile file) {
    this.folder = folder;
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (buffer.hasRemaining()) {
        file.channel().write(buffer);
      }
    } catch (IOException e) {
      if (FileErrors.isDiskFull(e)) {
        long free = Files.getFileStore(folder.root()).getUsableSpace();
        throw new IOException(
            "no space left in %s: a blob needs more than %d bytes, %d are free; make room and try again"
                .formatted(folder.root(), size, free + size),
            e);
      }
      throw e;
    }
    sha256.update(bytes, offset, length);
    size += length;
  }

  /** The number of bytes written so far. */
  public long size() {
    return size;
  }

  /** Makes the bytes written a blob of the folder, or drops them if it has that blob already. */
  public Descriptor commit(MediaType mediaType) throws IOException {
    Descriptor blob = Descriptor.of(mediaType, Digest.of(sha256.digest()), size);
    commitAs(blob.digest());
    return blob;
  }

  /**
   * The same, if their digest is the expected one.
   *
   * @throws CorruptContentException if it is not; the bytes are dropped
   */
  public void commit(Digest expected) throws IOException {
    Digest actual =
        expected.algorithm().equals("sha256")
            ? Digest.of(sha256.digest())
            : BlobIngest.hash(file.channel(), expected);
    if (!actual.equals(expected)) {
      close();
      throw new CorruptContentException(
          "blob %s: its %d bytes hash to %s".formatted(expected, size, actual));
    }
    commitAs(expected);
  }

  private void commitAs(Digest digest) throws IOException {
    if (committed) {
      throw new IllegalStateException("blob " + digest + " is committed already");
    }
    committed = true;
    Path existing = folder.file(digest);
    if (Files.isRegularFile(existing) && Files.size(existing) == size) {
      file.close();
    } else {
      folder.commit(file, digest);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
