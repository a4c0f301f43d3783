package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static dev.starling.api.registry.TestClients.app;
import static dev.starling.api.registry.TestClients.client;
import static dev.starling.api.registry.TestContent.bytes;
import static dev.starling.api.registry.TestContent.content;
import static dev.starling.api.registry.TestContent.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.registry.ScriptedServer.Received;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Keychain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UploadTest {

  /** Takes uploads as the specification says; a test overrides what is to go wrong. */
  private static class Uploads implements ScriptedServer.Script {
    final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    int sessions;
    boolean complete;

    @Override
    public Reply answer(Received request) throws IOException {
      return switch (request.method) {
        case "HEAD", "DELETE" -> Reply.of(404);
        case "POST" -> begin();
        case "PATCH", "PUT" -> {
          stored.writeBytes(request.body());
          complete = request.method.equals("PUT");
          yield complete ? Reply.of(201) : position(202);
        }
        default -> request.target.contains("/uploads/") ? position(204) : Reply.of(404);
      };
    }

    Reply begin() {
      sessions++;
      stored.reset();
      return Reply.of(202).with("Location", "/v2/app/blobs/uploads/" + sessions + "?state=x");
    }

    Reply position(int status) {
      return Reply.of(status)
          .with("Location", "/v2/app/blobs/uploads/" + sessions + "?state=" + stored.size())
          .with("Range", "0-" + Math.max(0, stored.size() - 1));
    }
  }

  private final byte[] blob = bytes(1, 500_000);
  private final FakeTime time = new FakeTime();

  private Outcome upload(
      Uploads uploads, RegistryConfig config, BlobContent content, @Nullable String mountFrom)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(uploads);
        RegistryClient client = client(config, Keychain.ANONYMOUS, time);
        RegistrySink sink = client.sink(app(server.host()), false)) {
      return sink.putBlob(descriptor(blob), content, mountFrom);
    }
  }

  private Outcome upload(Uploads uploads) throws Exception {
    return upload(uploads, CONFIG, content(blob), null);
  }

  @Test
  void goesOnFromTheSessionsRange() throws Exception {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            if (request.method.equals("PUT") && stored.size() == 0) {
              stored.writeBytes(request.body(200_000));
              return Reply.RESET;
            }
            if (request.method.equals("PATCH")) {
              assertThat(request.header("Content-Range")).isEqualTo("200000-499999");
              assertThat(request.target).endsWith("state=200000");
            }
            return super.answer(request);
          }
        };
    assertThat(upload(uploads)).isEqualTo(Outcome.WRITTEN);
    assertThat(uploads.stored.toByteArray()).isEqualTo(blob);
    assertThat(uploads.sessions).isEqualTo(1);
    assertThat(uploads.complete).isTrue();
  }

  @Test
  void beginsAnewWhenTheSessionIsGone() throws Exception {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            if (request.method.equals("PUT") && sessions == 1) {
              stored.writeBytes(request.body(200_000));
              return Reply.RESET;
            }
            return request.method.equals("GET") ? Reply.of(404) : super.answer(request);
          }
        };
    assertThat(upload(uploads)).isEqualTo(Outcome.WRITTEN);
    assertThat(uploads.stored.toByteArray()).isEqualTo(blob);
    assertThat(uploads.sessions).isEqualTo(2);
  }

  @Test
  void noticesThatOnlyTheAnswerWasLost() throws Exception {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            if (request.method.equals("PUT")) {
              super.answer(request);
              return Reply.RESET;
            }
            if (request.method.equals("HEAD") && complete) {
              return Reply.of(200);
            }
            return request.method.equals("GET") ? Reply.of(404) : super.answer(request);
          }
        };
    assertThat(upload(uploads)).isEqualTo(Outcome.WRITTEN);
    assertThat(uploads.sessions).isEqualTo(1);
  }

  @Test
  void boundsItsAttempts() {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            return request.method.equals("PUT") ? Reply.of(503) : super.answer(request);
          }
        };
    assertThatThrownBy(() -> upload(uploads))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("status 503");
    assertThat(time.pauses).hasSize(5);
  }

  @Test
  void sendsSmallerPiecesWhereTheWholeIsTooLarge() throws Exception {
    Uploads uploads = new Uploads();
    assertThat(upload(uploads, CONFIG.withUploadChunkSize(150_000), content(blob), null))
        .isEqualTo(Outcome.WRITTEN);
    assertThat(uploads.stored.toByteArray()).isEqualTo(blob);
  }

  @Test
  void sendsTheBlobWhereMountingIsRefused() throws Exception {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            return request.target.contains("mount=") ? Reply.of(403) : super.answer(request);
          }
        };
    assertThat(upload(uploads, CONFIG, content(blob), "other")).isEqualTo(Outcome.WRITTEN);
    assertThat(uploads.stored.toByteArray()).isEqualTo(blob);
  }

  @Test
  void sendsNothingThatIsThereOrMounted() throws Exception {
    Uploads there =
        new Uploads() {
          @Override
          public Reply answer(Received request) {
            return Reply.of(request.method.equals("HEAD") ? 200 : 500);
          }
        };
    assertThat(upload(there)).isEqualTo(Outcome.EXISTS);
    Uploads mounting =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            return request.method.equals("POST")
                ? Reply.of(request.target.contains("from=a%2Fb") ? 201 : 500)
                : super.answer(request);
          }
        };
    assertThat(upload(mounting, CONFIG, content(blob), "a/b")).isEqualTo(Outcome.MOUNTED);
    assertThat(mounting.stored.size()).isZero();
  }

  @Test
  void neverCompletesWrongContent() {
    byte[] wrong = blob.clone();
    wrong[blob.length - 1]++;
    for (byte[] other : List.of(wrong, bytes(1, 500_001), new byte[499_999])) {
      Uploads uploads = new Uploads();
      assertThatThrownBy(() -> upload(uploads, CONFIG, content(other), null))
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining(descriptor(blob).digest().toString());
      assertThat(uploads.stored.size()).isLessThan(blob.length);
    }
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void tellsAContentsOwnFailure() {
    assertThatThrownBy(() ->
            upload(
                new Uploads(),
                CONFIG,
                offset -> {
                  throw new IOException("disk gone");
                },
                null))
        .isInstanceOf(IOException.class)
        .hasMessage("disk gone");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void comparesTheDigestThatTheRegistryStored() {
    Uploads uploads =
        new Uploads() {
          @Override
          public Reply answer(Received request) throws IOException {
            Reply reply = super.answer(request);
            return complete
                ? reply.with("Docker-Content-Digest", "sha256:" + "0".repeat(64))
                : reply;
          }
        };
    assertThatThrownBy(() -> upload(uploads))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("stored blob");
  }
}
