package dev.starling.api.serve;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.serve.Refusal.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Blobs, whole or one range of them. */
final class BlobHandler {

  private final Repositories repositories;
  private final BlobFolder blobs;

  BlobHandler(Repositories repositories) {
    this.repositories = repositories;
    this.blobs = repositories.layout().blobs();
  }

  void handle(Exchange exchange, Route.Blob route) throws IOException, Refusal {
    switch (exchange.method()) {
      case "GET", "HEAD" -> get(exchange, route);
      case "DELETE" -> delete(exchange, route);
      default -> throw new Refusal(Code.UNSUPPORTED, "expected GET, HEAD or DELETE");
    }
  }

  private void get(Exchange exchange, Route.Blob route) throws IOException, Refusal {
    try (FileChannel file = FileChannel.open(require(route), StandardOpenOption.READ);
        InputStream in = Channels.newInputStream(file)) {
      long size = file.size();
      ByteRange range = ByteRange.parse(exchange.header("Range"), size);
      exchange
          .digest(route.digest())
          .set("Content-Type", "application/octet-stream")
          .set("Accept-Ranges", "bytes");
      switch (range) {
        case ByteRange.Whole whole -> exchange.send(200, size, in);
        case ByteRange.Unsatisfiable none ->
            exchange.set("Content-Range", "bytes */" + size).send(416);
        case ByteRange.Part part -> {
          file.position(part.first());
          exchange
              .set("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size)
              .send(206, part.last() - part.first() + 1, in);
        }
      }
    }
  }

  private Path require(Route.Blob route) throws Refusal {
    try {
      return blobs.require(route.digest());
    } catch (ContentNotFoundException e) {
      throw new Refusal(Code.BLOB_UNKNOWN, "there is no blob " + route.digest());
    }
  }

  /** A blob that another repository's image needs stays: the repositories share their blobs. */
  private void delete(Exchange exchange, Route.Blob route) throws IOException, Refusal {
    require(route);
    var others = repositories.entriesOfOthers(route.repository());
    if (!repositories.layout().reachable(others).contains(route.digest())) {
      blobs.delete(route.digest());
    }
    exchange.send(202);
  }
}
