/**
 * {@code starling demo}: the whole way of an image, on this machine only. It makes an image out of
 * files that everybody may read, serves a registry on loopback, and runs the same commands a person
 * would: push, convert, inspect, pull, check. It needs no network, no other program and no root,
 * and keeps everything in one temporary folder that it removes.
 *
 * <p>A further step is another line in {@link dev.starling.shell.demo.Demo}.
 */
package dev.starling.shell.demo;
