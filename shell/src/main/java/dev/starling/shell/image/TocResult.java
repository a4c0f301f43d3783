package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TOCs of an image's layers.
 *
 * @param image the image's name
 * @param place where it was found, for people
 * @param layers the layers that were asked for, base first
 * @param single whether one layer was asked for: then the text form is its TOC's digest, or nothing
 *     if the TOC itself was printed
 * @param dumped whether the TOC itself was printed or is in the record
 */
public record TocResult(
    String image, String place, List<LayerToc> layers, boolean single, boolean dumped)
    implements CommandResult {

  public TocResult {
    layers = List.copyOf(layers);
  }

  /**
   * A layer's TOC.
   *
   * @param number the layer's number, 1 for the base
   * @param layer the layer's digest
   * @param kind what kind of layer it is
   * @param tocDigest the digest of the TOC, or null if there is none
   * @param entries how many entries it has, landmarks and chunks apart; 0 if there is none
   * @param tocSize the length of its JSON in bytes
   * @param verified whether the layer's descriptor names the TOC's digest
   * @param toc the JSON, if it was asked for with {@code --dump}
   */
  public record LayerToc(
      int number,
      Digest layer,
      LayerKind kind,
      @Nullable Digest tocDigest,
      int entries,
      long tocSize,
      boolean verified,
      @Nullable String toc) {}

  @Override
  public void writeText(PrintWriter out) {
    if (dumped) {
      return;
    }
    if (single) {
      out.println(layers.getFirst().tocDigest());
      return;
    }
    Columns columns =
        new Columns().row("LAYER", "DIGEST", "KIND", "TOC DIGEST", "ENTRIES", "TOC SIZE");
    for (LayerToc layer : layers) {
      Digest toc = layer.tocDigest();
      columns.row(
          layer.number(),
          layer.layer(),
          layer.kind().label(),
          toc == null ? "-" : toc,
          toc == null ? "-" : layer.entries(),
          toc == null ? "-" : new ByteCount(layer.tocSize()));
    }
    columns.writeTo(out);
    out.println(image + " is in " + place + "; next: starling toc --layer N --dump " + image);
  }
}
