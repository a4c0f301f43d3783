package dev.starling.fuse.libfuse;

import dev.starling.fuse.MountOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What libfuse is told on its command line: options of the mount and of the library. */
final class Arguments {
  private Arguments() {}

  /**
   * @param root whether the process mounts by itself; fusermount refuses some options
   */
  static String[] of(MountOptions options, Path directory, boolean root) {
    List<String> words = new ArrayList<>();
    words.add("fsname=" + options.source());
    words.add("subtype=" + options.subtype());
    words.add("nodev");
    if (root) {
      words.add("suid");
    }
    if (options.shared()) {
      words.add("allow_other");
    }
    if (options.shared() && options.checked()) {
      words.add("default_permissions");
    }
    if (options.readOnly()) {
      words.add("ro");
    }
    words.add("use_ino");
    words.add("kernel_cache");
    long seconds = options.caching().toSeconds();
    words.add("entry_timeout=" + seconds);
    words.add("attr_timeout=" + seconds);
    words.add("negative_timeout=" + seconds);
    // In the foreground: the process is not to be forked.
    return new String[] {"starling", "-f", directory.toString(), "-o", String.join(",", words)};
  }
}
