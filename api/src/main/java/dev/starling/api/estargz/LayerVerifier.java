package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a whole layer, lazily readable or not, and lists what is wrong. */
public final class LayerVerifier {

  /** The most problems that are listed; a damaged layer can have one for each of its chunks. */
  public static final int MAX_PROBLEMS = 100;

  private static final int BUFFER = 128 << 10;

  private final RandomAccessBlob blob;
  private final Expected expected;
  private final @Nullable BlobContent externalToc;
  private final List<Problem> problems = new ArrayList<>();

  private LayerVerifier(
      RandomAccessBlob blob, Expected expected, @Nullable BlobContent externalToc) {
    this.blob = blob;
    this.expected = expected;
    this.externalToc = externalToc;
  }

  /**
   * What a layer's descriptor and config promise.
   *
   * @param digest the blob's digest
   * @param size the blob's length in bytes
   * @param diffId the digest of its decompressed bytes, or null to leave it unchecked
   * @param tocDigest the digest of its TOC, or null if the layer does not claim to be eStargz
   */
  public record Expected(
      Digest digest, long size, @Nullable Digest diffId, @Nullable Digest tocDigest) {}

  /**
   * One thing that is wrong.
   *
   * @param entry the file it concerns, or null if it is the blob as a whole
   * @param offset where in the blob, in bytes, or -1 if it has no place
   * @param message what is wrong, in one line that names neither
   */
  public record Problem(@Nullable String entry, long offset, String message) {
    @Override
    public String toString() {
      return (entry == null ? "" : entry + ": ")
          + message
          + (offset < 0 ? "" : " (at offset " + offset + ")");
    }
  }

  /**
   * Verifies the blob's digest and size, the diff ID, the TOC's digest, and the digests of every
   * chunk and file. Interrupting the thread ends it.
   *
   * @return the problems, none if the layer is sound; at most {@link #MAX_PROBLEMS}
   * @throws IOException if the blob cannot be read
   */
  public static List<Problem> verify(RandomAccessBlob blob, Expected expected) throws IOException {
    return verify(blob, expected, null);
  }

  /**
   * As {@link #verify(RandomAccessBlob, Expected)}, for a layer with an external TOC.
   *
   * @param externalToc the blob that has the TOC, or null to expect it in the layer
   */
  public static List<Problem> verify(
      RandomAccessBlob blob, Expected expected, @Nullable BlobContent externalToc)
      throws IOException {
    LayerVerifier verifier = new LayerVerifier(blob, expected, externalToc);
    verifier.verifyBlob();
    Digest tocDigest = expected.tocDigest();
    if (tocDigest != null) {
      verifier.verifyToc(tocDigest);
    }
    return List.copyOf(verifier.problems);
  }

  private void verifyBlob() throws IOException {
    long size = blob.size();
    if (size != expected.size()) {
      add(null, -1, "the blob has " + size + " bytes, expected " + expected.size());
    }
    MessageDigest hash = expected.digest().newMessageDigest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream raw = new DigestInputStream(blob.openRange(0, size), hash)) {
      Digest diffId = expected.diffId();
      if (diffId != null) {
        verifyDiffId(raw, diffId, buffer);
      }
      while (raw.read(buffer, 0, buffer.length) >= 0) {
        // The digest covers what the decompression left, too.
      }
    }
    compare("the blob", hash, expected.digest());
  }

  private void verifyDiffId(InputStream raw, Digest diffId, byte[] buffer) throws IOException {
    MessageDigest hash = diffId.newMessageDigest();
    // Closing it leaves the raw stream readable: what it wraps is the blob, which stays open.
    try (InputStream tar = Decompression.open(raw)) {
      int read = tar.read(buffer, 0, buffer.length);
      while (read >= 0) {
        hash.update(buffer, 0, read);
        read = tar.read(buffer, 0, buffer.length);
      }
    } catch (CorruptContentException e) {
      add(null, -1, e.getMessage());
      return;
    }
    compare("the decompressed layer", hash, diffId);
  }

  private void compare(String what, MessageDigest hash, Digest wanted) {
    Digest actual = new Digest(wanted.algorithm(), HexFormat.of().formatHex(hash.digest()));
    if (!actual.equals(wanted)) {
      add(null, -1, what + " hashes to " + actual + ", expected " + wanted);
    }
  }

  private void verifyToc(Digest tocDigest) throws IOException {
    Toc toc;
    try {
      UnverifiedToc found =
          externalToc == null
              ? UnverifiedToc.read(blob)
              : UnverifiedToc.readExternal(blob, externalToc);
      toc = found.verify(tocDigest);
    } catch (CorruptContentException e) {
      add(null, -1, e.getMessage());
      return;
    }
    ChunkReader reader = toc.open(blob);
    for (TocEntry entry : toc.entries()) {
      if (entry instanceof TocEntry.RegularFile file && problems.size() < MAX_PROBLEMS) {
        verifyFile(file, reader);
      }
    }
  }

  private void verifyFile(TocEntry.RegularFile file, ChunkReader reader) throws IOException {
    Digest digest = file.digest();
    MessageDigest hash = digest == null ? Digest.newSha256() : digest.newMessageDigest();
    // The only chunk of a file is the file: its digest tells as much.
    boolean hashFile = file.chunks().size() != 1;
    boolean sound = true;
    for (Chunk chunk : file.chunks()) {
      OutputStream none = OutputStream.nullOutputStream();
      try {
        reader.copy(chunk, hashFile ? new DigestOutputStream(none, hash) : none);
        if (!hashFile && digest != null && !digest.equals(chunk.digest())) {
          add(file.name(), chunk.offset(), "the TOC has two digests for the same bytes");
        }
      } catch (CorruptContentException e) {
        sound = false;
        add(file.name(), chunk.offset(), e.getMessage());
      }
    }
    if (sound && hashFile && digest != null) {
      Digest actual = Digest.of(hash.digest());
      if (!actual.equals(digest)) {
        add(file.name(), -1, "the file's bytes hash to " + actual + ", expected " + digest);
      }
    }
  }

  private void add(@Nullable String entry, long offset, @Nullable String message) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(entry, offset, message == null ? "it is corrupt" : message));
    }
  }
}
