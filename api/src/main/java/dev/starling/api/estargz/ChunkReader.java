package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Reads chunks of one layer and verifies them. Thread-safe; does not own the layer. */
public final class ChunkReader {

  private static final int BUFFER = 64 << 10;

  private final RandomAccessBlob layer;
  private final Decompression compression;

  ChunkReader(RandomAccessBlob layer, Decompression compression) {
    this.layer = layer;
    this.compression = compression;
  }

  /**
   * A chunk's verified bytes.
   *
   * @param chunk of at most {@link EstargzOptions#MAX_CHUNK_SIZE} bytes
   * @throws CorruptContentException if the layer has other bytes there
   */
  public byte[] read(Chunk chunk) throws IOException {
    if (chunk.size() > EstargzOptions.MAX_CHUNK_SIZE) {
      throw new CorruptContentException(
          "a chunk of " + chunk.size() + " bytes is too large to be read at once");
    }
    // Grows with what is really there: the size is only a claim.
    ByteArrayOutputStream out =
        new ByteArrayOutputStream((int) Math.min(chunk.size(), 4 * (chunk.end() - chunk.offset())));
    copy(chunk, out);
    return out.toByteArray();
  }

  /**
   * Writes a chunk's bytes. They are verified only when this returns.
   *
   * @throws CorruptContentException if the layer has other bytes there; some may be written then
   */
  public void copy(Chunk chunk, OutputStream out) throws IOException {
    MessageDigest hash = chunk.digest().newMessageDigest();
    int buffered = (int) Math.min(BUFFER, chunk.end() - chunk.offset());
    try (InputStream raw = layer.openRange(chunk.offset(), chunk.end() - chunk.offset());
        InputStream in = compression.decompress(raw, buffered)) {
      in.skipNBytes(chunk.innerOffset());
      byte[] buffer = new byte[(int) Math.min(BUFFER, chunk.size())];
      long remaining = chunk.size();
      while (remaining > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
        if (read < 0) {
          throw new CorruptContentException(remaining + " bytes are missing at the chunk's end");
        }
        hash.update(buffer, 0, read);
        out.write(buffer, 0, read);
        remaining -= read;
      }
    } catch (EOFException e) {
      throw new CorruptContentException("the layer ends before the chunk", e);
    }
    Digest actual = Digest.of(hash.digest());
    if (!actual.equals(chunk.digest())) {
      throw new CorruptContentException(
          "the chunk's bytes hash to " + actual + ", expected " + chunk.digest());
    }
  }
}
