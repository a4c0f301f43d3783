/**
 * Real programs as test partners: a process runner, a docker-registry, a containerd of one's own
 * with ctr-remote, a terminal driven by tmux, and the probe that decides whether a test can run
 * here.
 *
 * <p>A peer is an {@link java.lang.AutoCloseable} that owns a temporary directory and a process on
 * loopback, and leaves neither behind.
 */
package dev.starling.testkit.peer;
