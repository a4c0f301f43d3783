package dev.starling.api.tar;

import java.util.ArrayDeque;
import java.util.Deque;

/** Names of tar entries as paths below the layer's root. */
public final class TarPath {

  private TarPath() {}

  /**
   * The path that a name stands for: without leading or trailing slashes, empty and dot components;
   * {@code ..} never leaves the root. The root itself is the empty string.
   */
  public static String clean(String name) {
    return isClean(name) ? name : cleanSlowly(name);
  }

  /** The clean path of the folder that a clean path lies in; the root's is the root. */
  public static String parent(String clean) {
    int slash = clean.lastIndexOf('/');
    return slash < 0 ? "" : clean.substring(0, slash);
  }

  /** The last component of a clean path. */
  public static String base(String clean) {
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  private static boolean isClean(String name) {
    int start = 0;
    int length = name.length();
    while (start < length) {
      int end = name.indexOf('/', start);
      if (end < 0) {
        end = length;
      }
      int size = end - start;
      boolean dots =
          name.charAt(start) == '.' && (size == 1 || (size == 2 && name.charAt(start + 1) == '.'));
      if (size == 0 || dots || end == length - 1) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static String cleanSlowly(String name) {
    Deque<String> components = new ArrayDeque<>();
    int start = 0;
    while (start < name.length()) {
      int end = name.indexOf('/', start);
      if (end < 0) {
        end = name.length();
      }
      String component = name.substring(start, end);
      switch (component) {
        case "", "." -> {}
        case ".." -> components.pollLast();
        default -> components.add(component);
      }
      start = end + 1;
    }
    return String.join("/", components);
  }
}
