package dev.starling.fuse.libfuse;

/** The answers to the kernel that are no success, by their numbers on Linux (errno-base.h). */
enum Errno {
  EPERM(1),
  ENOENT(2),
  EINTR(4),
  EIO(5),
  EAGAIN(11),
  EBUSY(16),
  EINVAL(22),
  EROFS(30),
  ERANGE(34),
  ENOSYS(38),
  ENODATA(61),
  ENOTCONN(107);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The form in which libfuse wants it. */
  int answer() {
    return -number;
  }
}
