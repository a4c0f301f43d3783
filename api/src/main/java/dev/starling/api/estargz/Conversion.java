package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TarCursor;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarIndex;
import dev.starling.api.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One run of {@link LayerConverter}. */
final class Conversion {

  private static final int BUFFER = 64 << 10;
  private static final TarCursor LANDMARK = new LandmarkCursor();

  private final BlobContent source;
  private final Path target;
  private final EstargzOptions options;
  private final LongConsumer progress;
  private final BlobFormat format;

  Conversion(BlobContent source, Path target, EstargzOptions options, LongConsumer progress) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.progress = progress;
    this.format = BlobFormat.of(options.compression());
  }

  /** What became of the files to lay in front. */
  private record Asked(List<String> substituted, List<String> missed) {
    static final Asked NOTHING = new Asked(List.of(), List.of());
  }

  /** Puts entries into the blob in the order they shall have. */
  private interface Body {
    void write(TarAssembler assembler) throws IOException, InterruptedException;
  }

  /** Converts in one pass, or, if a path turns out to be there twice, in two. */
  ConvertedLayer stream() throws IOException, InterruptedException {
    Pass first = new Pass(new BitSet());
    BlobWriter.@Nullable Summary summary = first.run();
    if (summary != null) {
      return layer(summary, first.sourceDiffId(), Asked.NOTHING, first.names);
    }
    Pass second = new Pass(first.names.replaced());
    summary = second.run();
    if (summary == null || !second.sourceDiffId().equals(first.sourceDiffId())) {
      throw new CorruptContentException("the layer changed while it was converted");
    }
    return layer(summary, second.sourceDiffId(), Asked.NOTHING, second.names);
  }

  /** Converts with the prioritized files in front. */
  ConvertedLayer prioritized(Path spoolFolder) throws IOException, InterruptedException {
    try (SourceInput input = new SourceInput(Decompression.open(source.open(0)), progress);
        TarIndex index = TarIndex.build(new BufferedInputStream(input, BUFFER), spoolFolder)) {
      Prioritization.Choice choice = options.prioritized().choose(LayerPaths.of(index.items()));
      PrioritizedOrder.Order order = PrioritizedOrder.of(index.items(), choice);
      List<String> missed = new ArrayList<>(choice.missed());
      missed.addAll(order.missed());
      requireAllowed(missed);
      LayerNames names = new LayerNames();
      BlobWriter.Summary summary =
          write(assembler -> {
            addAll(index.cursor(order.front()), assembler, names);
            addLandmark(GzipFormat.PREFETCH_LANDMARK, assembler);
            addAll(index.cursor(order.behind()), assembler, names);
            addAll(index.cursor(order.rest()), assembler, names);
          });
      return layer(
          summary, input.digest(), new Asked(choice.substituted(), List.copyOf(missed)), names);
    }
  }

  private void requireAllowed(List<String> missed) throws IOException {
    if (!missed.isEmpty() && !options.allowMissing()) {
      throw new IOException(
          "prioritized file '"
              + missed.getFirst()
              + "' is not in the layer; remove it from the list or allow missing files");
    }
  }

  /** Converts without changing a byte of the tar. */
  ConvertedLayer lossless() throws IOException, InterruptedException {
    try (InputStream decompressed = Decompression.open(source.open(0));
        SourceInput input = new SourceInput(decompressed, progress)) {
      InputStream tar = new BufferedInputStream(input, BUFFER);
      LayerNames names = new LayerNames();
      BlobWriter.Summary summary = write(assembler -> new LosslessTar(tar, assembler).copy(names));
      Digest sourceDiffId = input.digest();
      if (!summary.diffId().equals(sourceDiffId) || summary.uncompressedSize() != input.length()) {
        throw new CorruptContentException(
            "the converted layer decompresses to %d bytes, %s; expected the source's %d, %s"
                .formatted(
                    summary.uncompressedSize(), summary.diffId(), input.length(), sourceDiffId));
      }
      return layer(summary, sourceDiffId, Asked.NOTHING, names);
    }
  }

  private static void addAll(TarCursor cursor, TarAssembler assembler, LayerNames names)
      throws IOException, InterruptedException {
    for (TarEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
      names.add(entry);
      if (!LayerNames.isAdded(entry)) {
        assembler.add(entry, cursor);
      }
    }
  }

  private static void addLandmark(String name, TarAssembler assembler)
      throws IOException, InterruptedException {
    assembler.addLandmark(GzipFormat.landmark(name), LANDMARK);
  }

  private BlobWriter.Summary write(Body body) throws IOException, InterruptedException {
    try (TargetFile file = new TargetFile(target)) {
      BlobWriter writer = new BlobWriter(file, format);
      try (Pipeline pipeline = new Pipeline(options, format, writer)) {
        TarAssembler assembler = new TarAssembler(pipeline, options);
        body.write(assembler);
        assembler.finish();
        pipeline.finish();
      }
      return writer.finish(LayerConverter.tocFile(target));
    }
  }

  private ConvertedLayer layer(
      BlobWriter.Summary summary, Digest sourceDiffId, Asked asked, LayerNames names) {
    List<String> warnings = new ArrayList<>(names.warnings());
    String warning = format.warning();
    if (warning != null) {
      warnings.add(warning);
    }
    return new ConvertedLayer(
        summary.digest(),
        summary.size(),
        summary.diffId(),
        summary.uncompressedSize(),
        summary.tocDigest(),
        summary.manifest(),
        summary.toc(),
        sourceDiffId,
        asked.substituted(),
        asked.missed(),
        warnings);
  }

  /** One reading of the source from front to back. */
  private final class Pass {
    private final BitSet leftOut;
    private final LayerNames names = new LayerNames();
    private @Nullable Digest sourceDiffId;

    Pass(BitSet leftOut) {
      this.leftOut = leftOut;
    }

    Digest sourceDiffId() {
      if (sourceDiffId == null) {
        throw new IllegalStateException("the source was not read yet");
      }
      return sourceDiffId;
    }

    /** Writes the blob, or returns null if an entry is replaced that was not left out. */
    BlobWriter.@Nullable Summary run() throws IOException, InterruptedException {
      try (InputStream decompressed = Decompression.open(source.open(0));
          SourceInput input = new SourceInput(decompressed, progress)) {
        TarReader reader = new TarReader(new BufferedInputStream(input, BUFFER));
        BlobWriter.@Nullable Summary summary;
        try {
          summary = write(assembler -> addAll(reader, assembler));
        } catch (ReplacedEntryException e) {
          summary = null;
        }
        readOn(reader);
        sourceDiffId = input.digest();
        return summary;
      }
    }

    private void addAll(TarReader reader, TarAssembler assembler)
        throws IOException, InterruptedException {
      addLandmark(GzipFormat.NO_PREFETCH_LANDMARK, assembler);
      int ordinal = 0;
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (LayerNames.isAdded(entry)) {
          continue;
        }
        if (names.add(entry) && leftOut.isEmpty()) {
          throw new ReplacedEntryException();
        }
        if (!leftOut.get(ordinal++)) {
          assembler.add(entry, reader);
        }
      }
    }

    /** Reads what the attempt left, for its names and its digest. */
    private void readOn(TarReader reader) throws IOException {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (!LayerNames.isAdded(entry)) {
          names.add(entry);
        }
      }
      reader.drain();
    }
  }

  /** Ends an attempt to stream: an entry that is already written has to go. */
  private static final class ReplacedEntryException extends IOException {
    private static final long serialVersionUID = 1L;

    ReplacedEntryException() {
      super("an entry replaces an earlier one");
    }
  }
}
