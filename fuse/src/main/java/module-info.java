import org.jspecify.annotations.NullMarked;

/**
 * A narrow read-only file-system interface and its server over FUSE; knows nothing of images.
 *
 * <p>An errno, a native pointer and jnr's names exist in this module and in no other. It calls
 * native code: the program starts with {@code
 * --enable-native-access=dev.starling.fuse,starling.jnr}, or, where these are in a module layer,
 * its controller grants the same.
 */
@NullMarked
module dev.starling.fuse {
  requires static transitive org.jspecify;
  requires starling.jnr;

  exports dev.starling.fuse;
  // Only because jnr-ffi's generated classes, which are in no named module, implement them.
  exports dev.starling.fuse.binding;
}
