package dev.starling.optimize;

import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.optimize.trace.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload read of its image.
 *
 * @param platform of the image that was run, or null if the image does not say
 * @param manifest the digest of its manifest
 * @param end how the workload ended
 * @param millis how long it ran, in milliseconds
 * @param layers what was read of each layer, base first
 * @param total the same of the whole image
 * @param timeline how much had been read by when
 * @param largest the largest files that were read, at most ten, the largest first
 * @param accesses the files that were read, in the order of their first reads
 */
public record Trace(
    @Nullable Platform platform,
    Digest manifest,
    End end,
    long millis,
    List<TracedLayer> layers,
    Total total,
    List<Moment> timeline,
    List<LargeFile> largest,
    List<Access> accesses) {

  public Trace {
    layers = List.copyOf(layers);
    timeline = List.copyOf(timeline);
    largest = List.copyOf(largest);
    accesses = List.copyOf(accesses);
  }

  /**
   * How a workload ended.
   *
   * @param reason {@code ended} by itself, or what ended it: {@code period}, {@code line}, {@code
   *     signal}, {@code port}
   * @param exitCode its own; null if it was ended
   * @param lastLines what it wrote last, at most 20 lines
   */
  public record End(String reason, @Nullable Integer exitCode, List<String> lastLines) {
    public End {
      lastLines = List.copyOf(lastLines);
    }
  }

  /**
   * One layer.
   *
   * @param index its place in the manifest, the base being 0
   * @param digest of its blob
   * @param compressedBytes the length of its blob
   * @param files how many regular files it has
   * @param bytes their length
   * @param prioritizedFiles how many of them were read
   * @param prioritizedBytes the length of those
   */
  public record TracedLayer(
      int index,
      Digest digest,
      long compressedBytes,
      long files,
      long bytes,
      long prioritizedFiles,
      long prioritizedBytes) {}

  /**
   * The image.
   *
   * @param files how many regular files its layers have
   * @param bytes their length
   * @param prioritizedFiles how many of them were read
   * @param prioritizedBytes the length of those
   * @param percent their part of {@code bytes}
   * @param readBytes how much of them was read
   * @param prefetchBytes how many bytes, compressed, will be prefetched: an estimate, by what each
   *     layer is compressed to on the average
   * @param prefetchSeconds how long that takes at 100 Mbit/s
   */
  public record Total(
      long files,
      long bytes,
      long prioritizedFiles,
      long prioritizedBytes,
      double percent,
      long readBytes,
      long prefetchBytes,
      double prefetchSeconds) {}

  /**
   * A moment of the run.
   *
   * @param millis since the container was started
   * @param files how many files had been read for the first time
   * @param bytes their length
   */
  public record Moment(long millis, long files, long bytes) {}

  /**
   * A large file that was read.
   *
   * @param layer its layer, the base being 0
   * @param path its path in the layer
   * @param size its length in bytes
   * @param readBytes how much of it was read
   */
  public record LargeFile(int layer, String path, long size, long readBytes) {}
}
