package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes blobs and refuses manifests. */
record RefusingSink(ImageSink sink) implements ImageSink {

  @Override
  public boolean hasBlob(Descriptor blob) throws IOException {
    return sink.hasBlob(blob);
  }

  @Override
  public Outcome putBlob(Descriptor blob, BlobContent content, @Nullable String mountFrom)
      throws IOException {
    return sink.putBlob(blob, content, mountFrom);
  }

  @Override
  public void putManifest(RawManifest manifest, @Nullable String tag) throws IOException {
    throw new IOException("no manifest today");
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
