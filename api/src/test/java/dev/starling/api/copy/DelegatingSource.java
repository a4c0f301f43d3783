package dev.starling.api.copy;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Passes everything on, for tests that change one thing. */
class DelegatingSource implements ImageSource {

  private final ImageSource delegate;

  DelegatingSource(ImageSource delegate) {
    this.delegate = delegate;
  }

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    return delegate.manifest(tagOrDigest);
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    return delegate.describeBlob(digest);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    return delegate.openBlob(blob, offset);
  }

  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    return delegate.openRandomAccess(blob);
  }

  @Override
  public List<String> tags() throws IOException {
    return delegate.tags();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
