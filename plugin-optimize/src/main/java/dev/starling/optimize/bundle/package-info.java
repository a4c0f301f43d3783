/**
 * An OCI runtime bundle from an image and a workload: {@link
 * dev.starling.optimize.bundle.BundleWriter} writes the {@code config.json} that any OCI runtime
 * takes, and the files for names. Everything the result depends on is an argument, the machine's
 * part as {@link dev.starling.optimize.bundle.HostFacts}, so that bundles for machines unlike this
 * one are tested as text.
 *
 * <p>What a container may do and finds mounted is in {@code Confinement} and {@code DefaultMounts};
 * the system calls it may use are an installed profile's or those of {@code seccomp.json}.
 *
 * <p>What joins this with lazy mounts needs to know: the root must be writable (an overlay with an
 * upper directory), since the runtime makes mount points in it; {@code BundleWriter} reads {@code
 * /etc/passwd} and {@code /etc/group} through it, so an access recorder must start after, or leave
 * out what was read before the container's start; the user's absent mount points end up in the
 * upper directory.
 */
package dev.starling.optimize.bundle;
