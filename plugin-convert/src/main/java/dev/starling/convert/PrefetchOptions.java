package dev.starling.convert;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.UsageException;
import dev.starling.convert.prefetch.AccessRecord;
import dev.starling.convert.prefetch.LayerLists;
import dev.starling.convert.prefetch.ListedFile;
import dev.starling.convert.prefetch.PrefetchList;
import dev.starling.convert.prefetch.RecordFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say which files are laid in front of layers; part of {@link ConversionOptions}.
 */
public final class PrefetchOptions {

  @Option(
      names = "--estargz-record-in",
      paramLabel = "FILE",
      description =
          "Lay in front of the layers what was accessed according to this file, as written by"
              + " optimize --record-out; may be repeated.")
  private List<Path> estargzRecords = new ArrayList<>();

  @Option(
      names = "--zstdchunked-record-in",
      paramLabel = "FILE",
      description = "As --estargz-record-in, for zstd:chunked.")
  private List<Path> zstdRecords = new ArrayList<>();

  @Option(
      names = "--prefetch-list",
      paramLabel = "FILE",
      description =
          "Lay in front of the layers the files that this file names: a path or a pattern (*, ?,"
              + " [a-z], ** for any depth) a line, # for comments; may be repeated. For other"
              + " platforms than this one, paths that name the architecture are translated.")
  private List<Path> lists = new ArrayList<>();

  @Option(
      names = "--strict",
      description = "Fail, and write nothing, if a listed file is in no layer of any image.")
  private boolean strict;

  /** Whether a listed file must be somewhere. */
  boolean strict() {
    return strict;
  }

  /** The first option given that only eStargz takes, or null. */
  @Nullable String givenForEstargz() {
    return estargzRecords.isEmpty() ? null : "--estargz-record-in";
  }

  /** The first option given that only zstd:chunked takes, or null. */
  @Nullable String givenForZstd() {
    return zstdRecords.isEmpty() ? null : "--zstdchunked-record-in";
  }

  /** The first option given that lists files, or null. */
  @Nullable String givenList() {
    if (!lists.isEmpty()) {
      return "--prefetch-list";
    }
    String record = givenForEstargz();
    return record == null ? givenForZstd() : record;
  }

  /**
   * Reads the files.
   *
   * @throws UsageException if options contradict each other
   * @throws CommandException if a file cannot be read or is damaged
   */
  LayerLists read() throws IOException {
    if (strict && givenList() == null) {
      throw new UsageException(
          "--strict needs a list of files; add --prefetch-list or --estargz-record-in");
    }
    List<ListedFile> files = new ArrayList<>();
    List<Path> records = new ArrayList<>(estargzRecords);
    records.addAll(zstdRecords);
    for (Path file : records) {
      for (AccessRecord access : RecordFile.read(file)) {
        files.add(ListedFile.recorded(access));
      }
    }
    for (Path file : lists) {
      files.addAll(PrefetchList.read(file));
    }
    if (files.size() > ListedFile.MAX_FILES) {
      throw new CommandException(
          "%d files are listed; at most %d are accepted"
              .formatted(files.size(), ListedFile.MAX_FILES));
    }
    return LayerLists.forAll(files);
  }
}
