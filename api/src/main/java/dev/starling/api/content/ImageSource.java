package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One repository that images are read from. Thread-safe; closing it ends the transfers under way.
 */
public interface ImageSource extends Closeable {

  /**
   * The manifest or index with this tag or digest, as the bytes that arrived; by digest they are
   * verified.
   *
   * @throws ContentNotFoundException if there is none
   */
  RawManifest manifest(String tagOrDigest) throws IOException;

  /**
   * Asks for a blob of which only the digest is known.
   *
   * @return its size; its media type, which nobody here knows, is {@code application/octet-stream}
   * @throws ContentNotFoundException if there is no such blob
   */
  Descriptor describeBlob(Digest digest) throws IOException;

  /**
   * A blob's bytes from {@code offset} to the end; broken transfers are taken up again inside.
   * Nothing is verified: most callers want {@link #openBlob(Descriptor)}.
   *
   * @param offset 0 to the blob's size
   * @throws ContentNotFoundException if there is no such blob
   */
  InputStream openBlob(Descriptor blob, long offset) throws IOException;

  /**
   * A blob's bytes. The stream throws {@link CorruptContentException} instead of reporting its end
   * when size or digest are not the descriptor's.
   *
   * @throws ContentNotFoundException if there is no such blob
   */
  default InputStream openBlob(Descriptor blob) throws IOException {
    return new VerifyingInputStream(openBlob(blob, 0), blob);
  }

  /**
   * A blob for random access, unverified.
   *
   * @throws ContentNotFoundException if there is no such blob
   */
  RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException;

  /**
   * A blob for random access that is known to be there, because a manifest of this source names it:
   * nothing is asked before it is read. If it is missing all the same, the first read says so.
   */
  default RandomAccessBlob openKnown(Descriptor blob) throws IOException {
    return openRandomAccess(blob);
  }

  /** The file that holds the blob on this machine, or null if it has to be fetched. */
  default @Nullable Path localFile(Descriptor blob) throws IOException {
    return null;
  }

  /** The tags, sorted. */
  List<String> tags() throws IOException;
}
