package dev.starling.shell.image;

import dev.starling.api.content.ImageSink;
import dev.starling.api.copy.CopiedBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.util.List;
import java.util.Locale;

/**
 * A layer or config and what became of it.
 *
 * @param digest the blob's digest
 * @param mediaType its type
 * @param size its length in bytes
 * @param outcome whether it was written, was there already or was linked by the registry
 */
public record Transfer(Digest digest, MediaType mediaType, long size, ImageSink.Outcome outcome) {

  static List<Transfer> of(List<CopiedBlob> blobs) {
    return blobs.stream().map(Transfer::of).toList();
  }

  private static Transfer of(CopiedBlob copied) {
    return new Transfer(
        copied.blob().digest(), copied.blob().mediaType(), copied.blob().size(), copied.outcome());
  }

  /** One line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s  %9s  %s",
        digest,
        new ByteCount(size),
        switch (outcome) {
          case WRITTEN -> "written";
          case EXISTS -> "exists";
          case MOUNTED -> "mounted";
        });
  }

  /** What all of them come to, for example {@code 3 blobs of 29.1 MB written, 1 exists}. */
  static String summary(List<Transfer> transfers) {
    List<Transfer> written =
        transfers.stream().filter(t -> t.outcome() == ImageSink.Outcome.WRITTEN).toList();
    long bytes = written.stream().mapToLong(Transfer::size).sum();
    long kept = transfers.size() - (long) written.size();
    return "%d blob%s of %s written%s"
        .formatted(
            written.size(),
            written.size() == 1 ? "" : "s",
            new ByteCount(bytes),
            kept == 0 ? "" : ", " + kept + " there already");
  }
}
