package dev.starling.convert.prefetch;

import dev.starling.api.command.CommandException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that people write: a path or a {@link PathPattern} a line, counted from the image's
 * root; blank lines and lines that begin with {@code #} are passed over, and so is white space
 * around a line. A backslash takes a character's special meaning from it.
 */
public final class PrefetchList {

  private static final int MAX_LINE = 4 * AccessRecord.MAX_PATH;

  private PrefetchList() {}

  /**
   * Reads a file.
   *
   * @return in the file's order, at most {@link ListedFile#MAX_FILES}
   * @throws CommandException if a line cannot be read; the message names it
   */
  public static List<ListedFile> read(Path file) throws IOException {
    List<ListedFile> files = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(ListFiles.open(file))) {
      long number = 0;
      for (var line = next(in); line != null; line = next(in)) {
        number++;
        try {
          ListedFile listed = parse(decode(line));
          if (listed != null) {
            files.add(listed);
          }
          if (files.size() > ListedFile.MAX_FILES) {
            throw new IllegalArgumentException(
                "more than " + ListedFile.MAX_FILES + " files are listed");
          }
        } catch (IllegalArgumentException | CharacterCodingException e) {
          String what = e instanceof CharacterCodingException ? "it is not UTF-8" : e.getMessage();
          throw new CommandException(
              "prefetch list %s, line %d: %s".formatted(file, number, what), e);
        }
      }
    }
    return files;
  }

  private static @Nullable ListedFile parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    if (text.indexOf('\0') >= 0 || text.length() > AccessRecord.MAX_PATH) {
      throw new IllegalArgumentException(
          "expected a path or pattern of at most "
              + AccessRecord.MAX_PATH
              + " characters and without NUL");
    }
    PathPattern pattern = PathPattern.parse(text);
    return new ListedFile(
        pattern.isLiteral() ? pattern.folder() : text,
        pattern.isLiteral() ? ListedFile.Kind.PATH : ListedFile.Kind.PATTERN,
        null,
        null,
        false);
  }

  private static String decode(ByteArrayOutputStream line) throws CharacterCodingException {
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  /** The next line without its end, or null after the last. */
  private static @Nullable ByteArrayOutputStream next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      // The rest of a line that is too long anyway is not needed to say so.
      if (line.size() <= MAX_LINE) {
        line.write(read);
      }
      read = in.read();
    }
    return line;
  }
}
