package dev.starling.snapshot;

import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.util.function.Consumer;

/** Completes what can be unmounted: mounts by id and by directory, and images. Starts no daemon. */
final class MountNames implements ValueCompletion {

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) throws Exception {
    ControlClient client = DaemonProcess.client(request.context());
    if (!client.isAnswered()) {
      return;
    }
    Calls.Status status = client.call(Calls.STATUS, new Calls.Nothing(), _ -> {});
    for (Calls.MountStatus mount : status.mounts()) {
      found.accept(new Suggestion(mount.id(), mount.directory(), true));
      found.accept(new Suggestion(mount.directory(), mount.reference(), true));
    }
    for (Calls.ImageStatus image : status.images()) {
      found.accept(new Suggestion(image.reference(), "image", true));
    }
  }
}
