package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.DaemonState.Access;
import java.util.List;

/** What commands send to the daemon and what it answers. */
public final class Calls {

  /**
   * Makes an image's layers available: {@link Pull} to {@link Pulled}, on the way {@link Fetching}.
   */
  public static final String PULL = "pull";

  /**
   * Makes an image's layers available, if they are not yet, and keeps them for as long as the
   * connection stays: {@link Pull} to nothing, on the way {@link Fetching} and at last {@link
   * Held}.
   */
  public static final String HOLD = "hold";

  /**
   * Mounts a whole image: {@link MountImage} to {@link MountedImage}, on the way {@link Fetching}.
   */
  public static final String MOUNT = "mount";

  /** Takes a mount or an image away: {@link Unmount} to {@link Unmounted}. */
  public static final String UNMOUNT = "unmount";

  /** {@link Nothing} to {@link Status}. */
  public static final String STATUS = "status";

  /** Ends the daemon: {@link Nothing} to {@link Nothing}, answered before it unmounts. */
  public static final String STOP = "stop";

  private Calls() {}

  /** No arguments, or no answer. */
  public record Nothing() {}

  /**
   * Asks for an image.
   *
   * @param access the image
   */
  public record Pull(Access access) {}

  /**
   * Something of the image is fetched.
   *
   * @param digest its digest
   * @param mediaType its type
   */
  public record Fetching(String digest, String mediaType) {}

  /**
   * An image whose layers are available.
   *
   * @param reference the image
   * @param digest the digest of its manifest or index
   * @param layers its layers, base first
   */
  public record Pulled(String reference, String digest, List<LayerStatus> layers) {}

  /**
   * An image whose layers stay available.
   *
   * @param pulled the image
   * @param manifest the digest of its manifest
   * @param config its configuration, the JSON as it arrived
   */
  public record Held(Pulled pulled, String manifest, String config) {}

  /**
   * Asks for a mount of a whole image.
   *
   * @param access the image
   * @param directory where to mount it, absolute
   * @param writable whether files may be changed, above the image
   */
  public record MountImage(Access access, String directory, boolean writable) {}

  /**
   * A mount of a whole image.
   *
   * @param id the mount's name
   * @param directory where the image is mounted
   * @param digest the digest of the image's manifest or index
   */
  public record MountedImage(
      String id, String directory, String digest, List<LayerStatus> layers) {}

  /**
   * Asks for something to be taken away.
   *
   * @param target a mount's directory or id, or an image's reference
   */
  public record Unmount(String target) {}

  /**
   * What was taken away.
   *
   * @param mounts the directories that are not mounted any more
   * @param images the images whose layers are not held any more
   */
  public record Unmounted(List<String> mounts, List<String> images) {}

  /**
   * How a layer does.
   *
   * @param snapshot its number
   * @param digest its digest
   * @param mediaType its type
   * @param size its length in bytes, compressed
   * @param fetchedSize how many of these bytes are on this machine
   * @param fetchedPercent the same in percent of the size
   * @param prefetchedSize how many bytes were fetched before it was first used
   * @param networkBytes how many bytes came over the network for it
   * @param hitRate the part of the chunks read that needed no fetching, 0 to 1
   * @param lazy whether it is fetched as it is read
   * @param kind its format if it is lazy, else why it is not
   * @param directory where it is mounted by itself, or an empty string
   * @param state {@code ready}, or what is wrong
   */
  public record LayerStatus(
      int snapshot,
      String digest,
      String mediaType,
      long size,
      long fetchedSize,
      double fetchedPercent,
      long prefetchedSize,
      long networkBytes,
      double hitRate,
      boolean lazy,
      String kind,
      String directory,
      String state) {}

  /**
   * How an image does.
   *
   * @param reference its name
   * @param digest the digest of its manifest or index
   * @param layers its layers, base first
   */
  public record ImageStatus(String reference, String digest, List<LayerStatus> layers) {}

  /**
   * How a mount of a whole image does.
   *
   * @param id its name
   * @param reference the image
   * @param directory where it is
   * @param writable whether files may be changed
   * @param state {@code mounted}, or what is wrong
   */
  public record MountStatus(
      String id, String reference, String directory, boolean writable, String state) {}

  /**
   * How the daemon does.
   *
   * @param pid the daemon's process
   * @param images the images whose layers are held
   * @param mounts the mounts of whole images
   */
  public record Status(long pid, List<ImageStatus> images, List<MountStatus> mounts) {}
}
