/**
 * Where image content comes from and goes to. {@link dev.starling.api.content.ImageSource} and
 * {@link dev.starling.api.content.ImageSink} are one repository's two faces; a registry repository,
 * an OCI layout and the local image store implement both, and pass the same contract suite. {@link
 * dev.starling.api.content.RandomAccessBlob} is a blob that can be read at any offset.
 *
 * <p>To reach images in a new kind of place, implement the two interfaces and add a type of
 * reference for it.
 */
package dev.starling.api.content;
