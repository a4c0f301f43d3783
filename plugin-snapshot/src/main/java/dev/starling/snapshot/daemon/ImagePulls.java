package dev.starling.snapshot.daemon;

import dev.starling.api.job.Cancellation;
import dev.starling.api.job.TaskGroup;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.DaemonState.Image;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes images available as layers with a mount each. Thread-safe.
 *
 * @param ledger where what is pulled is promised
 */
record ImagePulls(LayerSource source, Ledger ledger) {

  /**
   * Makes an image's layers available. One of that name that is held already makes room for it.
   *
   * @param events told what is fetched on the way
   * @throws IOException if the image cannot be resolved, opened or mounted; then nothing is held
   */
  Calls.Pulled pull(Access access, Consumer<Fetching> events) throws IOException {
    Images.Resolved resolved = source.images().resolve(access, events);
    LayerSet layers;
    String config;
    try (TaskGroup beside = TaskGroup.forTransfers(1, new Cancellation())) {
      Future<String> fetched =
          beside.submit(() -> source.images().config(access, resolved.config()));
      layers = source.acquire(access, resolved, LiveSnapshot::mount);
      config = await(beside, fetched, layers);
    }
    Image before =
        ledger.enter(
            new Image(access, resolved.digest(), resolved.manifest(), config, true, layers.ids()));
    if (before != null) {
      ledger.release(before.snapshots());
    }
    return new Calls.Pulled(access.reference(), resolved.digest(), layers.status());
  }

  /** Without it the layers are let go. */
  private String await(TaskGroup group, Future<String> config, LayerSet layers) throws IOException {
    try {
      return group.await(config);
    } catch (IOException | RuntimeException e) {
      source.snapshots().release(layers.ids());
      throw e;
    }
  }

  /**
   * Keeps an image's layers available, whatever becomes of its name. One that was pulled before is
   * taken as it is, without a word to its registry.
   *
   * @param events told what is fetched on the way
   * @return lets go of them when closed
   * @throws IOException if the image cannot be resolved, opened or mounted; then nothing has
   *     changed
   */
  ImageHold hold(Access access, Consumer<Fetching> events) throws IOException {
    ImageHold hold = holdPulled(access);
    if (hold == null) {
      pull(access, events);
      hold = holdPulled(access);
    }
    if (hold == null) {
      throw new IOException(access.reference() + " was taken away while it was pulled");
    }
    boolean complete = false;
    try {
      hold.mount();
      complete = true;
      return hold;
    } finally {
      if (!complete) {
        hold.close();
      }
    }
  }

  private @Nullable ImageHold holdPulled(Access access) {
    return ledger.hold(
        access.reference(),
        image ->
            image.layersMounted()
                && !image.config().isEmpty()
                && image.access().platform().equals(access.platform())
                && image.access().skipContentVerify() == access.skipContentVerify());
  }
}
