/**
 * jnr-fuse, jnr-ffi and what they stand on, as one module.
 *
 * <p>As published they cannot be on one module path: jnr-fuse and jnr-ffi share the package {@code
 * jnr.ffi}. Their classes are unpacked here at build time; nothing is changed in them. The exports
 * are unqualified because jnr-ffi generates classes, in loaders of its own, that must see them.
 */
module starling.jnr {
  requires java.logging;
  requires java.management;
  requires jdk.unsupported;
  requires org.objectweb.asm;
  requires org.objectweb.asm.util;

  exports com.kenai.jffi;
  exports jnr.constants;
  exports jnr.constants.platform;
  exports jnr.ffi;
  exports jnr.ffi.annotations;
  exports jnr.ffi.byref;
  exports jnr.ffi.mapper;
  exports jnr.ffi.provider;
  exports jnr.ffi.provider.converters;
  exports jnr.ffi.provider.jffi;
  exports jnr.ffi.types;
  // Its finalizer runs in a class loader, and so a module, of its own.
  exports jnr.ffi.util.ref;
  exports jnr.posix;
  exports jnr.posix.util;
  exports ru.serce.jnrfuse;
  exports ru.serce.jnrfuse.flags;
  exports ru.serce.jnrfuse.struct;
  exports ru.serce.jnrfuse.utils;

  // Platform classes and constants are found by name, callbacks by reflection.
  opens jnr.ffi.provider.jffi;
  opens jnr.posix;
}
