package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an image consists of.
 *
 * @param image its name
 * @param place where it was found, for people
 * @param digest the digest of its manifest or index
 * @param mediaType the type of that
 * @param images its images, one a platform
 */
public record InspectResult(
    String image, String place, Digest digest, MediaType mediaType, List<PlatformImage> images)
    implements CommandResult {

  public InspectResult {
    images = List.copyOf(images);
  }

  /**
   * One platform's image.
   *
   * @param platform the platform, or null if neither index nor config names one
   * @param digest the digest of its manifest
   * @param mediaType the type of that, or null if the manifest is not there
   * @param present whether the manifest is there, or only listed
   * @param config the config's digest, or null if the manifest is not there
   * @param size the length of config and layers in bytes
   * @param layers the layers, base first
   */
  public record PlatformImage(
      @Nullable Platform platform,
      Digest digest,
      MediaType mediaType,
      boolean present,
      @Nullable Digest config,
      long size,
      List<Layer> layers) {
    public PlatformImage {
      layers = List.copyOf(layers);
    }

    /** Whether all layers can be read lazily. */
    public boolean lazy() {
      return present && layers.stream().allMatch(layer -> layer.kind().lazy());
    }
  }

  /**
   * A layer.
   *
   * @param digest its digest
   * @param mediaType its type
   * @param size its length in bytes
   * @param kind what it is; tells whether it can be read lazily
   * @param tocDigest the digest of its TOC, or null
   * @param tocBlob the blob in the image's TOC image that its TOC is in, or null if there is none
   */
  public record Layer(
      Digest digest,
      MediaType mediaType,
      long size,
      LayerKind kind,
      @Nullable Digest tocDigest,
      @Nullable Digest tocBlob) {}

  @Override
  public void writeText(PrintWriter out) {
    Columns head = new Columns();
    head.row("image", image).row("digest", digest).row("type", mediaType).writeTo(out);
    images.forEach(entry -> write(out, entry));
    out.println(image + " is in " + place + "; next: " + nextStep());
  }

  private static void write(PrintWriter out, PlatformImage entry) {
    Object platform = Objects.requireNonNullElse(entry.platform(), "no platform");
    if (!entry.present()) {
      out.println(platform + "  " + entry.digest() + "  listed, not here");
      return;
    }
    out.printf(
        "%s  %s  %s, %s%n",
        platform,
        entry.digest(),
        new ByteCount(entry.size()),
        entry.lazy() ? "lazily readable" : "not lazily readable");
    Columns rows = new Columns();
    Digest config = entry.config();
    if (config != null) {
      rows.row("  config", config, "", "", "");
    }
    for (int i = 0; i < entry.layers().size(); i++) {
      Layer layer = entry.layers().get(i);
      Digest toc = layer.tocDigest();
      rows.row(
          "  layer " + (i + 1),
          layer.digest(),
          new ByteCount(layer.size()),
          layer.kind().label(),
          toc == null ? "" : (layer.tocBlob() == null ? "toc " : "external toc ") + toc);
    }
    rows.writeTo(out);
  }

  private String nextStep() {
    boolean allLazy = images.stream().filter(PlatformImage::present).allMatch(PlatformImage::lazy);
    return allLazy
        ? "starling check " + image
        : "starling convert --oci --estargz " + image + " TARGET";
  }
}
