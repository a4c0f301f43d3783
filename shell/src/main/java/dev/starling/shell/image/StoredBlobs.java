package dev.starling.shell.image;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Digest;
import java.io.IOException;

/** Asks the local image store about blobs. */
final class StoredBlobs {

  private StoredBlobs() {}

  /** Whether the blob is there. */
  static boolean has(ImageSource stored, Digest digest) throws IOException {
    try {
      stored.describeBlob(digest);
      return true;
    } catch (ContentNotFoundException e) {
      return false;
    }
  }
}
