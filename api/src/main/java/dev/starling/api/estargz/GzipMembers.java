package dev.starling.api.estargz;

import java.lang.foreign.MemorySegment;

/** Writes gzip members. For one thread. */
record GzipMembers(DeflateEngine engine) implements MemberWriter {

  @Override
  public int bound(int length) {
    return engine.bound(length) + GzipFormat.OVERHEAD;
  }

  @Override
  public int write(MemorySegment in, MemorySegment out) {
    return GzipFormat.writeMember(engine, in, out);
  }

  @Override
  public void close() {
    engine.close();
  }
}
