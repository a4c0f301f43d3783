package dev.starling.fuse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to mount. {@link #defaults} are the settings that were measured to be fastest.
 *
 * @param source the first column of {@code mount}; letters, digits and {@code .-_}
 * @param subtype the type is shown as {@code fuse.SUBTYPE}; the same letters
 * @param shared whether other users may look in ({@code allow_other}); as an ordinary user that
 *     needs {@code user_allow_other} in /etc/fuse.conf
 * @param checked whether the kernel checks permissions of those who share it; else whoever may look
 *     in may read everything, which suits a mount below an overlay, that checks by itself. One that
 *     is not shared is its owner's, who may read everything in any case
 * @param readOnly whether the mount is shown, and treated by the kernel, as read-only; else writing
 *     fails only when it is tried
 * @param caching how long the kernel may keep names and attributes; whole seconds
 * @param readAhead how many KiB the kernel reads ahead, 4 to 1024; above the kernel's default it
 *     needs root
 * @param opens told of every opening; null to not even have the kernel ask, which is the largest
 *     single gain in speed
 * @param failures told of what became EIO
 */
public record MountOptions(
    String source,
    String subtype,
    boolean shared,
    boolean checked,
    boolean readOnly,
    Duration caching,
    int readAhead,
    @Nullable OpenListener opens,
    FailureListener failures) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of the bounds above
   */
  public MountOptions {
    for (String name : new String[] {source, subtype}) {
      if (!name.matches("[A-Za-z0-9._-]+")) {
        throw new IllegalArgumentException("not a name for the mount table: " + name);
      }
    }
    if (caching.isNegative() || caching.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("caching must be 0 s to a year: " + caching);
    }
    if (readAhead < 4 || readAhead > 1024) {
      throw new IllegalArgumentException("read-ahead must be 4 to 1024 KiB: " + readAhead);
    }
  }

  /** The fastest settings; shared when the process is root, with failures going to the log. */
  public static MountOptions defaults(String source, String subtype) {
    System.Logger log = System.getLogger(MountOptions.class.getPackageName());
    return new MountOptions(
        source,
        subtype,
        Privilege.isRoot(),
        false,
        false,
        Duration.ofHours(1),
        1024,
        null,
        (operation, path, cause) ->
            log.log(System.Logger.Level.WARNING, operation + " " + path + ": " + cause));
  }

  public MountOptions withShared(boolean value) {
    return new MountOptions(
        source, subtype, value, checked, readOnly, caching, readAhead, opens, failures);
  }

  public MountOptions withChecked(boolean value) {
    return new MountOptions(
        source, subtype, shared, value, readOnly, caching, readAhead, opens, failures);
  }

  public MountOptions withReadOnly(boolean value) {
    return new MountOptions(
        source, subtype, shared, checked, value, caching, readAhead, opens, failures);
  }

  public MountOptions withCaching(Duration value) {
    return new MountOptions(
        source, subtype, shared, checked, readOnly, value, readAhead, opens, failures);
  }

  public MountOptions withReadAhead(int kib) {
    return new MountOptions(
        source, subtype, shared, checked, readOnly, caching, kib, opens, failures);
  }

  /** Has every opening told. Take a small {@link #withReadAhead} with it if reads count too. */
  public MountOptions withOpens(OpenListener listener) {
    return new MountOptions(
        source, subtype, shared, checked, readOnly, caching, readAhead, listener, failures);
  }

  public MountOptions withFailures(FailureListener listener) {
    return new MountOptions(
        source, subtype, shared, checked, readOnly, caching, readAhead, opens, listener);
  }
}
