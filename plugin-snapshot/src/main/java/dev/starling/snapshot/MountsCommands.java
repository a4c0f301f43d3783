package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.DescribedCommand;
import dev.starling.api.command.Placement;
import dev.starling.fuse.MountEntry;
import dev.starling.fuse.MountPoints;
import dev.starling.fuse.MountTable;
import dev.starling.snapshot.daemon.FuseFaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of the group {@code mounts}. They look at the machine and need no daemon. */
final class MountsCommands {

  private MountsCommands() {}

  static List<CommandDefinition<?>> all() {
    Placement group = Placement.in("mounts");
    return List.of(
        new CommandDefinition<>(Listed.class, Ls.class, Ls::new, group, "ls", List.of()),
        new CommandDefinition<>(
            PruneResult.class, Prune.class, Prune::new, group, "prune", List.of()));
  }

  private static List<MountEntry> ours() throws IOException {
    return MountTable.current().matching(FuseFaces::isOurs);
  }

  /**
   * A lazy mount of this machine.
   *
   * @param directory where it is
   * @param dead whether the process that served it is gone
   */
  public record Found(String directory, boolean dead) {}

  /**
   * The lazy mounts of this machine.
   *
   * @param mounts in the order of mounting
   */
  public record Listed(List<Found> mounts) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      mounts.forEach(mount -> out.println(mount.directory() + (mount.dead() ? "  dead" : "")));
    }
  }

  /** Lists the lazy mounts. */
  public static final class Ls implements DescribedCommand<Listed> {
    @Override
    public void describe(CommandModel model) {
      model
          .description("List the lazy mounts of this machine, and which of them are dead.")
          .footer(
              "", "Example:", "  starling mounts ls", "", "See also: status, unmount, help lazy");
    }

    @Override
    public Listed run(CommandContext context) throws IOException {
      List<Found> found = new ArrayList<>();
      for (MountEntry entry : ours()) {
        found.add(new Found(entry.directory().toString(), MountPoints.isDead(entry.directory())));
      }
      return new Listed(found);
    }
  }

  /**
   * What was cleared away.
   *
   * @param directories where dead mounts were
   */
  public record PruneResult(List<String> directories) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      directories.forEach(directory -> out.println("cleared away " + directory));
      if (directories.isEmpty()) {
        out.println("no dead mounts");
      }
    }
  }

  /** Clears dead mounts away. */
  public static final class Prune implements DescribedCommand<PruneResult> {
    @Override
    public void describe(CommandModel model) {
      model
          .description("Clear away mounts whose daemon is gone.")
          .footer(
              "",
              "The next daemon mounts again what was mounted; `starling unmount` forgets it.",
              "",
              "Example:",
              "  starling mounts prune",
              "",
              "See also: status, unmount, help lazy");
    }

    @Override
    public PruneResult run(CommandContext context) throws IOException {
      List<String> cleared = new ArrayList<>();
      for (MountEntry entry : ours()) {
        Path directory = entry.directory();
        if (MountPoints.isDead(directory)) {
          MountPoints.detach(directory);
          cleared.add(directory.toString());
        }
      }
      return new PruneResult(cleared);
    }
  }
}
