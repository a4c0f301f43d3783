package dev.starling.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.api.layout.OciLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The reference's own source image: two gzip layers under Docker's media types. */
final class SourceImage {

  static final String MANIFEST =
      "sha256:aa45de8a0464467740f6af0dd82ad0a15b65ce3b90ef9f5fe2376b2e04322b29";

  private SourceImage() {}

  /** Unpacks the image's layout into the folder. */
  static OciLayout unpack(Path folder) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(stream("source-image.oci.tar"))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(tar, path);
        }
      }
    }
    return OciLayout.open(folder);
  }

  static String text(String resource) throws IOException {
    try (InputStream in = stream(resource)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static InputStream stream(String resource) {
    return Objects.requireNonNull(SourceImage.class.getResourceAsStream(resource), resource);
  }
}
