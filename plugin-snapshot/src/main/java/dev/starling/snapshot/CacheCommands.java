package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.DescribedCommand;
import dev.starling.api.command.Placement;
import dev.starling.api.image.Digest;
import dev.starling.snapshot.cache.CacheEntry;
import dev.starling.snapshot.cache.CacheUsage;
import dev.starling.snapshot.cache.Pruned;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The commands of the group {@code cache}. They need no daemon: the cache is shared. */
final class CacheCommands {

  private CacheCommands() {}

  static List<CommandDefinition<?>> all() {
    Placement group = Placement.in("cache");
    return List.of(
        new CommandDefinition<>(Listed.class, Ls.class, Ls::new, group, "ls", List.of()),
        new CommandDefinition<>(
            Size.class, SizeCommand.class, SizeCommand::new, group, "size", List.of()),
        new CommandDefinition<>(
            PruneResult.class, Prune.class, Prune::new, group, "prune", List.of()));
  }

  /**
   * A file of the cache.
   *
   * @param kind {@code chunk}, {@code toc} or {@code spool}
   * @param digest of the chunk, or of the layer that it belongs to
   * @param size in bytes
   * @param lastUsed when it was last used, give or take a day
   */
  public record Entry(String kind, Digest digest, long size, Instant lastUsed) {}

  /**
   * What the cache holds.
   *
   * @param entries its files, those used last first
   */
  public record Listed(List<Entry> entries) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      entries.forEach(e ->
          out.printf(
              Locale.ROOT, "%-5s  %s  %12d  %s%n", e.kind(), e.digest(), e.size(), e.lastUsed()));
    }
  }

  /** Lists the cache. */
  public static final class Ls implements DescribedCommand<Listed> {
    private final CacheOptions options = new CacheOptions();

    @Override
    public void describe(CommandModel model) {
      model
          .description("List what the cache holds, what was used last first.")
          .footer("", "Example:", "  starling cache ls", "", "See also: status, help storage");
      options.addTo(model);
    }

    @Override
    public Listed run(CommandContext context) throws IOException {
      return new Listed(
          CacheOptions.open(context, options.limit()).list().stream()
              .sorted(Comparator.comparing(CacheEntry::lastUsed).reversed())
              .map(e ->
                  new Entry(
                      e.kind().name().toLowerCase(Locale.ROOT), e.digest(), e.size(), e.lastUsed()))
              .toList());
    }
  }

  /**
   * How much the cache holds.
   *
   * @param files how many files
   * @param size how much of the disk they take, in bytes
   * @param limit how much they may take
   */
  public record Size(long files, long size, long limit) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.printf(Locale.ROOT, "%.1f MB of %.1f MB, %d files%n", size / 1e6, limit / 1e6, files);
    }
  }

  /** Tells the cache's size. */
  public static final class SizeCommand implements DescribedCommand<Size> {
    private final CacheOptions options = new CacheOptions();

    @Override
    public void describe(CommandModel model) {
      model
          .description("Tell how much of the disk the cache takes.")
          .footer("", "Example:", "  starling cache size", "", "See also: status, help storage");
      options.addTo(model);
    }

    @Override
    public Size run(CommandContext context) throws IOException {
      CacheUsage usage = CacheOptions.open(context, options.limit()).usage();
      return new Size(usage.files(), usage.size(), usage.limit());
    }
  }

  /**
   * What was removed.
   *
   * @param files how many files
   * @param size how many bytes they took
   * @param kept how many bytes are left
   */
  public record PruneResult(long files, long size, long kept) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.printf(
          Locale.ROOT,
          "removed %d files, %.1f MB; %.1f MB are left%n",
          files,
          size / 1e6,
          kept / 1e6);
    }
  }

  /** Empties the cache. */
  public static final class Prune implements DescribedCommand<PruneResult> {
    private final CacheOptions options = new CacheOptions();

    private String keep = "0";

    @Override
    public void describe(CommandModel model) {
      model
          .description("Remove what the cache holds; mounted images fetch it again when read.")
          .footer(
              "",
              "Example:",
              "  starling cache prune --keep 1G",
              "",
              "See also: status, help storage")
          .option(
              "--keep",
              "SIZE",
              given -> keep = given,
              "Keep so much of what was used last; nothing by default.");
      options.addTo(model);
    }

    @Override
    public PruneResult run(CommandContext context) throws IOException {
      Pruned pruned =
          CacheOptions.open(context, options.limit()).prune(CacheOptions.parse("--keep", keep));
      return new PruneResult(pruned.files(), pruned.size(), pruned.kept().size());
    }
  }
}
