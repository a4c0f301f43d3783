/**
 * What a file that names its architecture is called on another one: {@code
 * lib/x86_64-linux-gnu/libc.so.6} on arm64 is {@code lib/aarch64-linux-gnu/libc.so.6}. So a list of
 * files that was made on one platform serves the others.
 *
 * <p>{@link dev.starling.convert.carryover.Counterparts} proposes names; whether there is such a
 * file only the layer knows. A convention that is not known yet is a new row of the table in {@link
 * dev.starling.convert.carryover.Spellings}.
 */
package dev.starling.convert.carryover;
