package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.internal.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One attempt to write one blob into its folder. */
final class BlobIngest {

  private static final int BUFFER = 128 * 1024;

  private final BlobFolder folder;
  private final Descriptor blob;
  private final IngestFile file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  BlobIngest(BlobFolder folder, Descriptor blob, IngestFile file) {
    this.folder = folder;
    this.blob = blob;
    this.file = file;
    this.channel = file.channel();
  }

  ImageSink.Outcome run(BlobContent content) throws IOException {
    if (folder.has(blob)) { // another writer was faster
      file.discard();
      return ImageSink.Outcome.EXISTS;
    }
    try {
      long resumed = channel.size() > blob.size() ? 0 : channel.size();
      String hash = fill(content, resumed);
      if (resumed > 0 && !hash.equals(blob.digest().hex())) {
        hash = fill(content, 0); // the earlier part was damaged, by a power loss for example
      }
      if (!hash.equals(blob.digest().hex())) {
        throw new CorruptContentException(
            "blob %s: its bytes hash to %s:%s"
                .formatted(blob.digest(), blob.digest().algorithm(), hash));
      }
    } catch (CorruptContentException e) {
      file.discard();
      throw e;
    } catch (IOException e) {
      throw FileErrors.isDiskFull(e) ? diskFull(e) : e;
    }
    if (folder.has(blob)) {
      file.discard();
      return ImageSink.Outcome.EXISTS;
    }
    folder.commit(file, blob.digest());
    return ImageSink.Outcome.WRITTEN;
  }

  /** Brings the file to the blob's length and returns its hash in hexadecimal. */
  private String fill(BlobContent content, long start) throws IOException {
    channel.truncate(start);
    channel.position(0);
    MessageDigest hash = blob.digest().newMessageDigest();
    while (channel.read(buffer.clear()) > 0) {
      hash.update(buffer.flip());
    }
    if (start < blob.size() || start == 0) {
      try (InputStream in = content.open(start)) {
        copy(in, hash, start);
      }
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private void copy(InputStream in, MessageDigest hash, long start) throws IOException {
    long count = start;
    int read;
    while ((read = in.read(buffer.array())) >= 0) {
      count += read;
      if (count > blob.size()) {
        throw new CorruptContentException(
            "blob %s is longer than its %d bytes".formatted(blob.digest(), blob.size()));
      }
      hash.update(buffer.array(), 0, read);
      ByteBuffer part = buffer.clear().limit(read);
      while (part.hasRemaining()) {
        channel.write(part);
      }
    }
    if (count != blob.size()) {
      throw new CorruptContentException(
          "blob %s: got %d bytes, expected %d".formatted(blob.digest(), count, blob.size()));
    }
  }

  private IOException diskFull(IOException cause) throws IOException {
    file.discard();
    long free = Files.getFileStore(folder.root()).getUsableSpace();
    return new IOException(
        "no space left in %s: blob %s needs %d bytes, %d are free; make room and try again"
            .formatted(folder.root(), blob.digest(), blob.size(), free + channel.size()),
        cause);
  }

  /** The digest of an open file's content, from its start. */
  static Digest hash(FileChannel channel, Digest like) throws IOException {
    MessageDigest hash = like.newMessageDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long at = 0;
    int read;
    while ((read = channel.read(buffer.clear(), at)) > 0) {
      at += read;
      hash.update(buffer.flip());
    }
    return new Digest(like.algorithm(), HexFormat.of().formatHex(hash.digest()));
  }
}
