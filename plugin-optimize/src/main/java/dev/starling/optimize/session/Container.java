package dev.starling.optimize.session;

import dev.starling.api.job.Cancellation;
import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.bundle.BundleRequest;
import dev.starling.optimize.bundle.BundleWriter;
import dev.starling.optimize.bundle.HostFacts;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.network.CniAttachment;
import dev.starling.optimize.network.CniConfiguration;
import dev.starling.optimize.network.CniNetwork;
import dev.starling.optimize.network.NetworkNamespace;
import dev.starling.optimize.runtime.ContainerRun;
import dev.starling.optimize.runtime.ContainerSignals;
import dev.starling.optimize.runtime.HostTerminal;
import dev.starling.optimize.runtime.OciRuntime;
import dev.starling.optimize.runtime.RunOutcome;
import dev.starling.optimize.runtime.RuntimeFailedException;
import dev.starling.optimize.runtime.Streams;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.StopRule;
import dev.starling.optimize.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A container that is ready to be started: its network is up and its bundle written. Everything it
 * is made of is its session's.
 */
public final class Container {

  private final OciRuntime runtime;
  private final Bundle bundle;

  private Container(OciRuntime runtime, Bundle bundle) {
    this.runtime = runtime;
    this.bundle = bundle;
  }

  /**
   * Makes one ready.
   *
   * @param session of the same name; has no other container
   * @param root the root file system, mounted and writable
   * @param image how the image wants to be run
   * @param program the OCI runtime, a name or a path
   * @throws dev.starling.api.command.CommandException if there is no such runtime, there is nothing
   *     to run, a user is not in the image, or the network cannot be set up
   * @throws IOException if something cannot be written
   */
  public static Container prepare(
      Session session, Path root, ImageDefaults image, Workload workload, String program)
      throws IOException {
    OciRuntime runtime = OciRuntime.find(program, session.runtimeFolder().resolve("state"));
    Path namespace =
        switch (workload.networking()) {
          case Networking.Cni cni -> connect(session, cni);
          case Networking.Loopback(), Networking.Host() -> null;
        };
    Path directory = Files.createDirectory(session.runtimeFolder().resolve("bundle"));
    HostFacts host =
        HostFacts.ofThisMachine().withConsole(workload.terminal() ? HostTerminal.size() : null);
    Bundle bundle =
        new BundleWriter(host)
            .write(new BundleRequest(session.id(), directory, root, image, workload, namespace));
    session.own(new Made.Containers(runtime.program().toString(), runtime.state().toString()));
    return new Container(runtime, bundle);
  }

  private static Path connect(Session session, Networking.Cni cni) throws IOException {
    CniConfiguration configuration = CniConfiguration.first(cni.configurations());
    Path file = session.runtimeFolder().resolve("netns");
    session.own(new Made.Namespace(file.toString()));
    NetworkNamespace namespace = NetworkNamespace.create(file);
    session.own(connection(session, namespace.file(), configuration, cni, null));
    CniAttachment attachment =
        new CniNetwork(cni.programs()).attach(session.id(), namespace.file(), configuration);
    // Plugins may want to hear what they said; undoing it twice does no harm.
    session.own(connection(session, namespace.file(), configuration, cni, attachment));
    return namespace.file();
  }

  private static Made connection(
      Session session,
      Path namespace,
      CniConfiguration configuration,
      Networking.Cni cni,
      @Nullable CniAttachment attachment) {
    return new Made.Connection(
        session.id(),
        namespace.toString(),
        configuration,
        cni.programs().stream().map(Path::toString).toList(),
        attachment == null ? null : attachment.result());
  }

  /** Signals for it while it runs. */
  public ContainerSignals signals() {
    return new ContainerSignals(runtime, bundle);
  }

  /** What will be run. */
  public Bundle bundle() {
    return bundle;
  }

  /**
   * Runs it until its process ends or a rule holds. Called once.
   *
   * @param rules when to end it; none waits for its process
   * @param signal completed when the user wants it to end; looked at under {@link StopRule.Signal}
   * @param cancellation ends it at once
   * @throws RuntimeFailedException if the process could not be started
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   * @throws IOException if the container could not be removed
   */
  public RunOutcome run(
      List<StopRule> rules, Streams streams, CompletionStage<?> signal, Cancellation cancellation)
      throws IOException {
    return ContainerRun.run(runtime, bundle, rules, streams, signal, cancellation);
  }
}
