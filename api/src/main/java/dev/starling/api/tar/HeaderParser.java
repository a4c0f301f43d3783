package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;

/** Puts one entry together from its extension headers and its header block. */
final class HeaderParser {

  private final long position;
  private PaxRecords pax = PaxRecords.NONE;
  private String longName = "";
  private String longLink = "";

  /**
   * @param position where the entry's first header block lies
   */
  HeaderParser(long position) {
    this.position = position;
  }

  /**
   * Takes an extension header in; a later one replaces an earlier one of its kind.
   *
   * @param flag {@code x}, {@code L} or {@code K}
   */
  void extension(int flag, byte[] body) throws CorruptContentException {
    switch (flag) {
      case 'x' -> pax = PaxRecords.parse(body, position);
      case 'L' -> longName = untilNul(body);
      default -> longLink = untilNul(body);
    }
  }

  private static String untilNul(byte[] body) {
    int end = 0;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return TarText.decode(body, 0, end);
  }

  TarEntry entry(TarFields fields, byte[] header) throws CorruptContentException {
    TarFields.Dialect dialect = fields.dialect();
    boolean hasOwner = dialect != TarFields.Dialect.V7;
    String name = longName.isEmpty() ? pax.text("path", plainName(fields, dialect)) : longName;
    TarType type = type(fields.typeflag(), name);
    boolean link = type == TarType.HARD_LINK || type == TarType.SYMLINK;
    String linkName = longLink.isEmpty() ? pax.text("linkpath", fields.text(157, 100)) : longLink;
    PaxRecords.Time time = pax.time("mtime");
    return new TarEntry(
        name,
        type,
        link ? linkName : "",
        size(fields, type, name),
        fields.number(100, 8, "mode"),
        pax.number("uid", fields.number(108, 8, "uid")),
        pax.number("gid", fields.number(116, 8, "gid")),
        pax.text("uname", hasOwner ? fields.text(265, 32) : ""),
        pax.text("gname", hasOwner ? fields.text(297, 32) : ""),
        time == null ? fields.number(136, 12, "mtime") : time.seconds(),
        time == null ? 0 : time.nanos(),
        hasOwner && type.isDevice() ? fields.number(329, 8, "device number") : 0,
        hasOwner && type.isDevice() ? fields.number(337, 8, "device number") : 0,
        pax.xattrs(),
        position,
        header);
  }

  private long size(TarFields fields, TarType type, String name) throws CorruptContentException {
    long size = pax.number("size", fields.number(124, 12, "size"));
    if (size < 0) {
      throw fields.bad("size", "is negative: " + size);
    }
    if (type != TarType.REGULAR) {
      return 0;
    }
    if (pax.isSparse()) {
      throw sparse(name);
    }
    return size;
  }

  private CorruptContentException sparse(String name) {
    return new CorruptContentException(
        "tar entry '"
            + name
            + "' at offset "
            + position
            + " is a sparse file, which eStargz cannot hold; build the layer without --sparse");
  }

  private static String plainName(TarFields fields, TarFields.Dialect dialect) {
    String prefix =
        switch (dialect) {
          case USTAR -> fields.text(345, 155);
          case STAR -> fields.text(345, 131);
          case GNU -> fields.hasGnuTimes() ? "" : fields.text(345, 155);
          case V7 -> "";
        };
    String name = fields.text(0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private TarType type(int flag, String name) throws CorruptContentException {
    return switch (flag) {
      case 0 -> name.endsWith("/") ? TarType.DIRECTORY : TarType.REGULAR;
      case '0', '7' -> TarType.REGULAR;
      case '1' -> TarType.HARD_LINK;
      case '2' -> TarType.SYMLINK;
      case '3' -> TarType.CHAR_DEVICE;
      case '4' -> TarType.BLOCK_DEVICE;
      case '5' -> TarType.DIRECTORY;
      case '6' -> TarType.FIFO;
      case 'S' -> throw sparse(name);
      default ->
          throw new CorruptContentException(
              "tar entry '"
                  + name
                  + "' at offset "
                  + position
                  + " is of unknown type "
                  + (flag > ' ' && flag < 0x7f ? "'" + (char) flag + "'" : Integer.toString(flag))
                  + "; expected one of 0 to 7");
    };
  }
}
