package dev.starling.convert.carryover;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An architecture whose names are known, called as in manifests; the table's columns. */
enum Architecture {
  AMD64("amd64", 0),
  ARM64("arm64", 1),
  ARM("arm", 2),
  I386("386", 3),
  PPC64LE("ppc64le", 4),
  S390X("s390x", 5),
  RISCV64("riscv64", 6),
  MIPS64LE("mips64le", 7),
  LOONG64("loong64", 8);

  private final String name;
  private final int column;

  Architecture(String name, int column) {
    this.name = name;
    this.column = column;
  }

  /** Its column in the table, counted from 0. */
  int column() {
    return column;
  }

  /** The architecture of that name, or null if it is none of these. */
  static @Nullable Architecture of(String name) {
    for (Architecture each : values()) {
      if (each.name.equals(name.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    return null;
  }
}
