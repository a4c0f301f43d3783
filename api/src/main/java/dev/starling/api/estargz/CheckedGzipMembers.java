package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Writes gzip members and inflates each one again, to be sure of every byte. For one thread. */
final class CheckedGzipMembers implements MemberWriter {

  private final DeflateEngine engine;
  private final MemberWriter members;
  private Arena arena = Arena.ofConfined();
  private MemorySegment inflated = MemorySegment.NULL;

  CheckedGzipMembers(DeflateEngine engine) {
    this(engine, new GzipMembers(engine));
  }

  /**
   * @param engine to inflate with
   * @param members writes what is checked; closed with this
   */
  CheckedGzipMembers(DeflateEngine engine, MemberWriter members) {
    this.engine = engine;
    this.members = members;
  }

  @Override
  public int bound(int length) {
    return members.bound(length);
  }

  @Override
  public int write(MemorySegment in, MemorySegment out) {
    int size = members.write(in, out);
    MemorySegment again = scratch(in.byteSize());
    int length = engine.inflate(GzipFormat.deflated(out.asSlice(0, size)), again);
    if (length != in.byteSize() || in.mismatch(again) >= 0) {
      throw new UncheckedIOException(
          new CorruptContentException(
              "a compressed piece of the layer does not decompress to what it was made of; the"
                  + " compressor or this machine's memory is at fault"));
    }
    return size;
  }

  private MemorySegment scratch(long size) {
    if (size > inflated.byteSize()) {
      arena.close();
      arena = Arena.ofConfined();
      inflated = arena.allocate(size);
    }
    return inflated.asSlice(0, size);
  }

  @Override
  public void close() {
    arena.close();
    members.close();
  }
}
