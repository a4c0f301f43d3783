package dev.starling.api.estargz;

import java.util.Map;

/** One element of a TOC's entries as the JSON has it; what is absent is 0 or empty. */
record TocRow(
    String name,
    String type,
    long size,
    String modtime,
    String linkName,
    long mode,
    long uid,
    long gid,
    String userName,
    String groupName,
    long offset,
    long innerOffset,
    long devMajor,
    long devMinor,
    Map<String, byte[]> xattrs,
    String digest,
    long chunkOffset,
    long chunkSize,
    String chunkDigest) {

  boolean isFile() {
    return type.equals("reg");
  }

  boolean isChunk() {
    return type.equals("chunk");
  }

  /** Whether it points to content. */
  boolean hasContent() {
    return isChunk() || (isFile() && size > 0);
  }
}
