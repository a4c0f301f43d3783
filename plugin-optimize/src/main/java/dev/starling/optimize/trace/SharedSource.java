package dev.starling.optimize.trace;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source for somebody who closes what is not theirs. */
record SharedSource(ImageSource source) implements ImageSource {

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    return source.manifest(tagOrDigest);
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    return source.describeBlob(digest);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    return source.openBlob(blob, offset);
  }

  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    return source.openRandomAccess(blob);
  }

  @Override
  public RandomAccessBlob openKnown(Descriptor blob) throws IOException {
    return source.openKnown(blob);
  }

  @Override
  public @Nullable Path localFile(Descriptor blob) throws IOException {
    return source.localFile(blob);
  }

  @Override
  public List<String> tags() throws IOException {
    return source.tags();
  }

  @Override
  public void close() {}
}
