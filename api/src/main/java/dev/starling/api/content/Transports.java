package dev.starling.api.content;

import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.Map;

/**
 * Opens the place a reference names: a registry, a layout directory or the local image store. The
 * shell implements it and binds it to the running job: cancelling the job ends its transfers.
 * Thread-safe.
 */
public interface Transports {

  /** How many blobs move at once when nothing is configured. */
  int DEFAULT_PARALLEL_TRANSFERS = 4;

  /**
   * How to reach registries.
   *
   * @param plainHttp whether HTTP is allowed; see {@code bareIsHttp}
   * @param bareIsHttp whether {@code plainHttp} also turns references without a scheme to HTTP, as
   *     it does for pull and push, and not for convert and optimize
   */
  record Http(boolean plainHttp, boolean bareIsHttp) {
    /** HTTPS, and HTTP for loopback hosts only. */
    public static final Http DEFAULT = new Http(false, false);
  }

  /**
   * The repository that the reference names, for reading: the registry or the layout.
   *
   * @throws IOException if {@code http://} is not allowed or the layout is unreadable
   */
  ImageSource source(Reference reference, Http http) throws IOException;

  /** The repository that the reference names, for writing. */
  ImageSink sink(Reference reference, Http http) throws IOException;

  /** The local image store. */
  ImageStore store();

  /** How many blobs one command should move at once, 1 or more. */
  default int parallelTransfers() {
    return DEFAULT_PARALLEL_TRANSFERS;
  }

  /**
   * The same with the logins that a command with other variables would find: for a process that
   * works for several.
   *
   * @param variables of that command, DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR and
   *     XDG_CONFIG_HOME, those that it has; they take the place of this process's
   */
  default Transports withLogins(Map<String, String> variables) {
    return this;
  }

  /** The local store's view of one reference: its tags are the tags of that repository. */
  default ImageSource storeSource(RegistryReference reference) throws IOException {
    return store().source(reference);
  }
}
