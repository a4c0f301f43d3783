package dev.starling.fuse.libfuse;

import ru.serce.jnrfuse.struct.FuseOperations;

/** Answers everything that would change a file system with EROFS; unanswered it would be ENOSYS. */
final class ReadOnlyAnswers {
  private static final int REFUSED = Errno.EROFS.answer();

  private ReadOnlyAnswers() {}

  static void bindTo(FuseOperations table) {
    table.mknod.set((path, mode, device) -> REFUSED);
    table.mkdir.set((path, mode) -> REFUSED);
    table.unlink.set(path -> REFUSED);
    table.rmdir.set(path -> REFUSED);
    table.symlink.set((target, path) -> REFUSED);
    table.rename.set((from, to) -> REFUSED);
    table.link.set((from, to) -> REFUSED);
    table.chmod.set((path, mode) -> REFUSED);
    table.chown.set((path, owner, group) -> REFUSED);
    table.truncate.set((path, size) -> REFUSED);
    table.utimens.set((path, times) -> REFUSED);
    table.create.set((path, mode, info) -> REFUSED);
    table.write.set((path, buffer, size, offset, info) -> REFUSED);
    table.setxattr.set((path, name, value, size, flags) -> REFUSED);
    table.removexattr.set((path, name) -> REFUSED);
  }
}
