package dev.starling.snapshot.daemon;

import dev.starling.snapshot.control.Call;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.util.List;

/** What commands send to the daemon and what it answers. */
public final class Calls {

  /** Makes an image's layers available. */
  public static final Call<Pull, Fetching, Pulled> PULL =
      new Call<>("pull", Pull.class, Fetching.class, Pulled.class);

  /**
   * Makes an image's layers available, if they are not yet, and keeps them for as long as the
   * connection stays.
   */
  public static final Call<Pull, Fetching, Held> HOLD =
      new Call<>("hold", Pull.class, Fetching.class, Held.class);

  /** Mounts a whole image. */
  public static final Call<MountImage, Fetching, MountedImage> MOUNT =
      new Call<>("mount", MountImage.class, Fetching.class, MountedImage.class);

  /** Takes a mount or an image away. */
  public static final Call<Unmount, Nothing, Unmounted> UNMOUNT =
      new Call<>("unmount", Unmount.class, Nothing.class, Unmounted.class);

  /** Tells how the daemon does. */
  public static final Call<Nothing, Nothing, Status> STATUS =
      new Call<>("status", Nothing.class, Nothing.class, Status.class);

  /** Ends the daemon; answered before it unmounts. */
  public static final Call<Nothing, Nothing, Nothing> STOP =
      new Call<>("stop", Nothing.class, Nothing.class, Nothing.class);

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
