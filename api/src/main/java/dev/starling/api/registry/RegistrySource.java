package dev.starling.api.registry;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A registry's repository, for reading. A blob's stream counts as a transfer of the client until it
 * is read to its end or closed: whoever opens streams without closing them waits for himself.
 */
public final class RegistrySource implements ImageSource {

  private static final MediaType OCTETS = new MediaType("application/octet-stream");

  private final Wire wire;
  private final CallScope scope;
  private final RepositoryReader reader;

  RegistrySource(Wire wire, RegistryReference reference, boolean http, CallScope scope) {
    this.wire = wire;
    this.scope = scope;
    this.reader = new RepositoryReader(wire, reference, http, scope);
  }

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    return reader.manifest(tagOrDigest);
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    long size = reader.requireBlob(digest).size();
    if (size < 0) {
      throw new RegistryException(
          reader.reference().name()
              + ": the registry does not say how long blob "
              + digest
              + " is");
    }
    return Descriptor.of(OCTETS, digest, size);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    if (offset < 0 || offset > blob.size()) {
      throw new IllegalArgumentException(
          "blob " + blob.digest() + " of " + blob.size() + " bytes has no byte " + offset);
    }
    if (offset == blob.size()) {
      reader.requireBlob(blob.digest());
      return InputStream.nullInputStream();
    }
    BlobReader blobReader = new BlobReader(reader, blob);
    TransferPermits.Permit permit = wire.downloads().acquire(scope);
    try {
      Answer answer = blobReader.open(offset, blob.size());
      return new ResumingStream(blobReader, answer, offset, blob.size(), permit::close);
    } catch (IOException | RuntimeException e) {
      permit.close();
      throw e;
    }
  }

  /** Reads do not count as transfers: they are short. */
  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    reader.requireBlob(blob.digest());
    return openKnown(blob);
  }

  @Override
  public RandomAccessBlob openKnown(Descriptor blob) {
    return new RangeBlob(new BlobReader(reader, blob));
  }

  @Override
  public List<String> tags() throws IOException {
    return reader.tags();
  }

  /**
   * The manifests whose subject this one is, for example signatures; an index without entries if
   * there are none.
   */
  public Index referrers(Digest subject) throws IOException {
    return reader.referrers(subject);
  }

  /**
   * Closes this when the job is cancelled.
   *
   * @return this
   */
  public RegistrySource endWith(Cancellation job) {
    scope.endWith(job);
    return this;
  }

  @Override
  public void close() {
    scope.close();
  }
}
