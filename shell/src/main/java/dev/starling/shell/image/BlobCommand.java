package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.content.VerifyingInputStream;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.job.Progress;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code blob} command. */
@Command(
    name = "blob",
    description = "Print a blob of a repository, byte for byte.",
    footer = {
      "",
      "The bytes are verified on the way: a blob that is not what its digest says ends with an",
      "error, and with -o leaves no file. Looked up in the local image store, then in the registry,",
      "with --plain-http by HTTP.",
      "",
      "Examples:",
      "  starling blob ghcr.io/acme/app@sha256:2dc39b... | jq .rootfs",
      "  starling blob -o layer.tar.gz ghcr.io/acme/app@sha256:9b91a6...",
      "",
      "See also: manifest, config, toc"
    })
public final class BlobCommand implements StarlingCommand<BlobResult> {

  private static final int BUFFER = 64 * 1024;

  @Parameters(index = "0", paramLabel = "REF@DIGEST", description = "Repository and digest.")
  private String blob = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the bytes to a file.")
  private @Nullable Path output;

  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public BlobResult run(CommandContext context) throws IOException {
    Reference reference = ImageNames.parse(blob);
    Digest digest = reference.digest();
    if (digest == null) {
      throw new UsageException(
          "'" + blob + "' names no blob; expected REPOSITORY@sha256:<64 hex digits>");
    }
    try (ImageSource source = open(context.transports(), reference, digest)) {
      Descriptor descriptor = source.describeBlob(digest);
      Path file = output;
      if (file != null) {
        writeFile(context, source, descriptor, file);
      } else {
        OutputStream raw = context.rawOutput();
        try (OutputStream none = OutputStream.nullOutputStream()) {
          copy(context, source, descriptor, raw == null ? none : raw);
        }
      }
      return new BlobResult(digest, descriptor.size(), file == null ? null : file.toAbsolutePath());
    }
  }

  /** The local store if it has the blob, whichever of its images it belongs to. */
  private ImageSource open(Transports transports, Reference reference, Digest digest)
      throws IOException {
    if (reference instanceof RegistryReference name
        && !name.hasScheme()
        && !transports.store().list().isEmpty()) {
      ImageSource stored = transports.storeSource(name);
      if (StoredBlobs.has(stored, digest)) {
        return stored;
      }
      stored.close();
    }
    return transports.source(reference, registry.bareIsHttp());
  }

  private static void writeFile(
      CommandContext context, ImageSource source, Descriptor blob, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        copy(context, source, blob, out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void copy(
      CommandContext context, ImageSource source, Descriptor blob, OutputStream out)
      throws IOException {
    try (Progress.Item item =
            context
                .progress()
                .begin(blob.digest().shortHex(), Progress.State.DOWNLOADING, blob.size());
        InputStream in = new VerifyingInputStream(source.openBlob(blob, 0), blob)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        context.cancellation().check();
        out.write(buffer, 0, read);
        item.advance(read);
      }
      item.finish(Progress.State.DONE);
    }
  }
}
