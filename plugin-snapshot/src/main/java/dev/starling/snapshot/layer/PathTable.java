package dev.starling.snapshot.layer;

import dev.starling.api.tar.TarText;
import java.util.Arrays;

/**
 * The paths of a layer while its tree is built: each is a folder's path and a name in it. Paths are
 * numbered in the order they are added, so that a folder's number is below its files'. Not
 * thread-safe.
 */
final class PathTable {

  static final int ROOT = 0;

  private static final int FREE = -1;

  private final NamePool texts;
  private final IntColumn parents = new IntColumn();
  private final IntColumn names = new IntColumn();
  private int[] slots = new int[64];

  PathTable(NamePool texts) {
    this.texts = texts;
    Arrays.fill(slots, FREE);
    parents.add(ROOT);
    names.add(texts.add(new byte[0]));
  }

  int size() {
    return parents.size();
  }

  int parent(int path) {
    return parents.get(path);
  }

  int name(int path) {
    return names.get(path);
  }

  /** The path as text, clean. */
  String text(int path) {
    StringBuilder text = new StringBuilder();
    for (int at = path; at != ROOT; at = parent(at)) {
      text.insert(0, TarText.decode(texts.get(name(at)))).insert(0, '/');
    }
    return text.isEmpty() ? "" : text.substring(1);
  }

  /** The path of that name in a folder, or -1. */
  int find(int folder, byte[] name) {
    return slots[slot(folder, name)]; // FREE is -1
  }

  /** Adds a path that is not there. */
  int add(int folder, byte[] name) {
    if (size() > slots.length / 2) {
      grow();
    }
    int path = size();
    slots[slot(folder, name)] = path;
    parents.add(folder);
    names.add(texts.add(name));
    return path;
  }

  /** A new number for a path: what was in it is reached by the old one only. */
  int renew(int path) {
    int renewed = size();
    slots[slot(parent(path), texts.get(name(path)))] = renewed;
    parents.add(parent(path));
    names.add(name(path));
    return renewed;
  }

  private int slot(int folder, byte[] name) {
    int slot = mix(folder, Arrays.hashCode(name));
    while (true) {
      int path = slots[slot];
      if (path == FREE || (parent(path) == folder && texts.compare(name(path), name) == 0)) {
        return slot;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  private int mix(int folder, int nameHash) {
    int hash = (nameHash + folder * 0x85ebca6b) * 0x9e3779b9;
    return (hash ^ hash >>> 15) & (slots.length - 1);
  }

  private void grow() {
    int[] old = slots;
    slots = new int[old.length * 2];
    Arrays.fill(slots, FREE);
    for (int path : old) {
      if (path != FREE) {
        slots[slot(parent(path), texts.get(name(path)))] = path;
      }
    }
  }
}
