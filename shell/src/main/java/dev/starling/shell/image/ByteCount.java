package dev.starling.shell.image;

import java.util.Locale;

/** A number of bytes, for people: in powers of 1000, as disks and networks count. */
public record ByteCount(long bytes) {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  @Override
  public String toString() {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
