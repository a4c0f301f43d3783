package dev.starling.api.estargz;

import dev.starling.api.tar.TarEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * About a megabyte of the tar on its way through the pipeline: the producer fills it, a worker
 * compresses it, the writer writes it and hands it back. One thread at a time has it.
 */
final class Job {

  /** From this size on a job is handed over as soon as another piece of content begins. */
  static final int TARGET = 1 << 20;

  /** Bounds what the members' framing adds to the output. */
  static final int MAX_MEMBERS = 2048;

  private static final int HEADER_ROOM = 64 << 10;
  private static final int FRAMING_ROOM = MAX_MEMBERS * 64;

  /**
   * A piece of a file's content, hashed by itself.
   *
   * @param member the member that it lies in, as an index into the job's
   * @param start where it lies in the input
   * @param length its length in bytes
   */
  record Piece(int member, int start, int length) {}

  /**
   * What goes to the TOC: an entry, or one more chunk of it.
   *
   * @param piece the index of the piece that it points to, or -1 if it has no content
   * @param chunkOffset where in the file the piece lies; 0 for the entry itself
   * @param fullChunk whether the piece is as long as a chunk can be
   * @param last whether this is the file's last piece
   */
  record Row(TarEntry entry, int piece, long chunkOffset, boolean fullChunk, boolean last) {}

  final MemorySegment input;
  final MemorySegment output;
  final List<Row> rows = new ArrayList<>();
  final List<Piece> pieces = new ArrayList<>();

  /** Where each member ends in the output; set by the worker. */
  final int[] memberEnds = new int[MAX_MEMBERS];

  /** The pieces' digests; set by the worker. */
  final List<byte[]> pieceDigests = new ArrayList<>();

  private final int[] memberStarts = new int[MAX_MEMBERS];
  private int members;
  private int length;
  private CompletableFuture<Void> done = new CompletableFuture<>();

  Job(Arena arena, int capacity) {
    input = arena.allocate(capacity);
    output = arena.allocate(outputCapacity(capacity));
  }

  /** How many bytes of tar a job must be able to hold. */
  static int capacity(int chunkSize) {
    return Math.max(TARGET, chunkSize) + HEADER_ROOM;
  }

  /** How much memory a job takes, in bytes. */
  static long footprint(int chunkSize) {
    int capacity = capacity(chunkSize);
    return (long) capacity + outputCapacity(capacity);
  }

  private static int outputCapacity(int capacity) {
    return capacity + capacity / 256 + FRAMING_ROOM;
  }

  int length() {
    return length;
  }

  int room() {
    return (int) input.byteSize() - length;
  }

  int members() {
    return members;
  }

  void beginMember() {
    memberStarts[members++] = length;
  }

  void grow(int bytes) {
    length += bytes;
  }

  /** Where a piece lies in the decompressed bytes of its member. */
  int innerOffset(Piece piece) {
    return piece.start() - memberStarts[piece.member()];
  }

  MemorySegment member(int index) {
    int end = index + 1 < members ? memberStarts[index + 1] : length;
    return input.asSlice(memberStarts[index], end - memberStarts[index]);
  }

  int memberOutputStart(int index) {
    return index == 0 ? 0 : memberEnds[index - 1];
  }

  CompletableFuture<Void> done() {
    return done;
  }

  void clear() {
    rows.clear();
    pieces.clear();
    pieceDigests.clear();
    members = 0;
    length = 0;
    done = new CompletableFuture<>();
  }
}
