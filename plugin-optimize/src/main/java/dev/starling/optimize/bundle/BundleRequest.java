package dev.starling.optimize.bundle;

import dev.starling.optimize.workload.Workload;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle is made of.
 *
 * @param id the container's name, unique on the machine; letters, digits and {@code _+-.}
 * @param directory where the bundle is written; it must exist and be nobody else's
 * @param root the root file system, mounted and writable
 * @param image how the image wants to be run
 * @param workload what is run
 * @param networkNamespace the namespace to join, or null for what the workload says without it
 */
public record BundleRequest(
    String id,
    Path directory,
    Path root,
    ImageDefaults image,
    Workload workload,
    @Nullable Path networkNamespace) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+.-]{1,128}");

  public BundleRequest {
    if (!ID.matcher(id).matches() || id.equals(".") || id.equals("..")) {
      throw new IllegalArgumentException(
          "not a container's id, 1 to 128 letters, digits and _+-.: " + id);
    }
    directory = directory.toAbsolutePath();
    root = root.toAbsolutePath();
  }
}
