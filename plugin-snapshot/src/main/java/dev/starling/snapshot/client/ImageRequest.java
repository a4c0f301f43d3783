package dev.starling.snapshot.client;

import dev.starling.api.reference.Reference;

/**
 * An image that is wanted, and how to reach and read it.
 *
 * @param reference its name
 * @param plainHttp whether HTTP is allowed for it
 * @param platform as people write it, {@code <os>/<arch>[/<variant>]}; empty for this machine's
 * @param skipContentVerify whether content is served unverified, for images whose TOC has no
 *     digests
 * @param backgroundFetch whether what nobody reads is fetched too, when nothing else is
 */
public record ImageRequest(
    Reference reference,
    boolean plainHttp,
    String platform,
    boolean skipContentVerify,
    boolean backgroundFetch) {

  /** An image for this machine, verified, all of it fetched in the end. */
  public static ImageRequest of(Reference reference) {
    return new ImageRequest(reference, false, "", false, true);
  }

  /** The same, with HTTP allowed or not. */
  public ImageRequest withPlainHttp(boolean allowed) {
    return new ImageRequest(reference, allowed, platform, skipContentVerify, backgroundFetch);
  }
}
