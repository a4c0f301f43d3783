package dev.starling.snapshot.daemon;

import java.util.List;
import java.util.Map;

/**
 * What is to be mounted, as it stands in the state file.
 *
 * @param nextSnapshot the number of the next layer, 1 or more
 * @param images the images whose layers are held
 * @param snapshots the layers
 * @param mounts the mounts of whole images
 */
public record DaemonState(
    int nextSnapshot, List<Image> images, List<Snapshot> snapshots, List<Mounted> mounts) {

  static final DaemonState EMPTY = new DaemonState(1, List.of(), List.of(), List.of());

  /** Takes what is missing in the file as nothing. */
  @SuppressWarnings("NullAway") // what was read from a file may be missing
  public DaemonState {
    nextSnapshot = Math.max(1, nextSnapshot);
    images = images == null ? List.of() : List.copyOf(images);
    snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    mounts = mounts == null ? List.of() : List.copyOf(mounts);
  }

  /**
   * An image whose layers are held.
   *
   * @param access how it is reached
   * @param digest the digest of its manifest or index, as resolved
   * @param manifest the digest of its manifest
   * @param config its configuration, the JSON as it arrived; empty if it is not known
   * @param layersMounted whether each layer has a mount of its own; else the image is held by
   *     mounts only
   * @param snapshots the numbers of its layers, base first
   */
  public record Image(
      Access access,
      String digest,
      String manifest,
      String config,
      boolean layersMounted,
      List<Integer> snapshots) {

    /** Takes what is missing in the file as nothing. */
    @SuppressWarnings("NullAway") // what was read from a file may be missing
    public Image {
      config = config == null ? "" : config;
      snapshots = List.copyOf(snapshots);
    }
  }

  /**
   * How an image is reached.
   *
   * @param reference its name
   * @param plainHttp whether HTTP is allowed
   * @param platform the platform, as people write it; empty for this machine's
   * @param skipContentVerify whether content is served unverified
   * @param backgroundFetch whether what nobody reads is fetched too
   * @param logins the variables by which the command that asked for it finds its logins; see {@link
   *     dev.starling.api.content.Transports#withLogins}. No login itself is kept
   */
  public record Access(
      String reference,
      boolean plainHttp,
      String platform,
      boolean skipContentVerify,
      boolean backgroundFetch,
      Map<String, String> logins) {

    /** Takes what is missing in the file as nothing. */
    @SuppressWarnings("NullAway") // what was read from a file may be missing
    public Access {
      logins = logins == null ? Map.of() : Map.copyOf(logins);
    }

    /** An image that needs no login, or finds it in the usual places. */
    public Access(
        String reference,
        boolean plainHttp,
        String platform,
        boolean skipContentVerify,
        boolean backgroundFetch) {
      this(reference, plainHttp, platform, skipContentVerify, backgroundFetch, Map.of());
    }
  }

  /**
   * A layer.
   *
   * @param id its number
   * @param parent the number of the layer below it, 0 for a base: a layer is shown as it is above
   *     that one
   * @param image the image that it was first opened for, and is fetched from
   * @param mediaType its type
   * @param digest its digest
   * @param size its length in bytes
   * @param annotations its annotations
   */
  public record Snapshot(
      int id,
      int parent,
      Access image,
      String mediaType,
      String digest,
      long size,
      Map<String, String> annotations) {
    public Snapshot {
      annotations = Map.copyOf(annotations);
    }
  }

  /**
   * A whole image that is mounted.
   *
   * @param id names it; a folder's name too
   * @param reference the image
   * @param directory where it is mounted, absolute
   * @param writable whether a writable folder lies above it
   * @param snapshots the numbers of its layers, base first
   */
  public record Mounted(
      String id, String reference, String directory, boolean writable, List<Integer> snapshots) {
    public Mounted {
      snapshots = List.copyOf(snapshots);
    }
  }
}
