package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.util.concurrent.Callable;

/** What went wrong with one layer, which the message names once. */
final class LayerFailure extends CommandException {
  private static final long serialVersionUID = 1L;

  private LayerFailure(Descriptor layer, IOException cause) {
    super("layer " + layer.digest() + ": " + cause.getMessage(), cause);
  }

  /**
   * Does a part of the work on a layer.
   *
   * @throws LayerFailure instead of any other {@link IOException}
   */
  static <T> T naming(Descriptor layer, Callable<T> part) throws Exception {
    try {
      return part.call();
    } catch (LayerFailure e) {
      throw e; // perhaps another layer's, which this one was stopped by
    } catch (IOException e) {
      throw new LayerFailure(layer, e);
    }
  }
}
