/**
 * The native functions in use, in the form that jnr-ffi binds them.
 *
 * <p>Not for callers outside this module. It is exported because jnr-ffi implements these
 * interfaces with classes that it generates into loaders of its own. A further function is a
 * further method, named and typed as in C.
 */
package dev.starling.fuse.binding;
