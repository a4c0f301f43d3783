package dev.starling.optimize;

import dev.starling.api.image.Digest;
import dev.starling.convert.prefetch.AccessRecord;
import dev.starling.convert.prefetch.RecordFile;
import dev.starling.optimize.trace.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Files of what was read. Either form can be given to {@code --estargz-record-in}. */
final class TraceFile {

  private TraceFile() {}

  /** How much is written of each access. */
  enum Form {
    /** As {@code ctr-remote} has it: path, manifest and layer. */
    CTR_REMOTE,
    /** With the file's length, the time of its first read in milliseconds, and what was read. */
    FULL
  }

  /**
   * Writes a file, one access a line, replacing it.
   *
   * @param manifest of the image that was run
   */
  static void write(Path file, Form form, Digest manifest, List<Access> accesses)
      throws IOException {
    switch (form) {
      case CTR_REMOTE -> RecordFile.write(file, records(manifest, accesses));
      case FULL -> Files.writeString(file, full(manifest, accesses));
    }
  }

  /** The accesses as records; a file that was read under several names has one for each. */
  static List<AccessRecord> records(Digest manifest, List<Access> accesses) {
    List<AccessRecord> records = new ArrayList<>();
    for (Access access : accesses) {
      records.add(new AccessRecord(access.path(), manifest, access.layer(), access.isSparse()));
      for (String name : access.otherNames()) {
        records.add(new AccessRecord(name, manifest, access.layer(), access.isSparse()));
      }
    }
    return records;
  }

  private static String full(Digest manifest, List<Access> accesses) {
    JsonMapper json = JsonMapper.shared();
    StringBuilder text = new StringBuilder();
    for (Access access : accesses) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("path", access.path());
      line.put("manifestDigest", manifest.toString());
      line.put("layerIndex", access.layer());
      line.put("otherNames", access.otherNames());
      line.put("size", access.size());
      line.put("sparse", access.isSparse());
      line.put("firstMillis", access.firstMillis());
      line.put(
          "ranges", access.ranges().stream().map(r -> List.of(r.offset(), r.length())).toList());
      text.append(json.writeValueAsString(line)).append('\n');
    }
    return text.toString();
  }
}
