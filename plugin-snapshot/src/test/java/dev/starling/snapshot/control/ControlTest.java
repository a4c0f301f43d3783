package dev.starling.snapshot.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls over a real socket. */
@Timeout(60)
class ControlTest {

  /** What the test's calls take and give. */
  public record Word(String text) {}

  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("daemon/control.sock");
  }

  private ControlServer serve(CallHandler handler) throws IOException {
    return ControlServer.start(socket(), Map.of("say", handler));
  }

  private Word call(String text, List<String> events) throws IOException {
    return new ControlClient(socket())
        .call(
            "say", new Word(text), Word.class, event -> events.add(event.path("text").asString()));
  }

  @Test
  void aCallGivesEventsAndAResult() throws Exception {
    try (ControlServer _ =
        serve((arguments, events) -> {
          events.accept(new Word("one"));
          events.accept(new Word("two\nlines"));
          return new Word(arguments.path("text").asString() + "!");
        })) {
      List<String> events = new ArrayList<>();
      assertThat(call("hello ünïcode", events)).isEqualTo(new Word("hello ünïcode!"));
      assertThat(events).containsExactly("one", "two\nlines");
      assertThat(call("x".repeat(3_000_000), events).text()).hasSize(3_000_001);
    }
  }

  @Test
  void aFailureHasTheDaemonsWords() throws Exception {
    try (ControlServer _ =
        serve((_, _) -> {
          throw new IOException("no such image");
        })) {
      assertThatThrownBy(() -> call("", new ArrayList<>()))
          .isInstanceOf(CommandException.class)
          .hasMessage("no such image");
      assertThatThrownBy(() -> new ControlClient(socket()).call("sing", "", Word.class, _ -> {}))
          .hasMessageContaining("does not know the call 'sing'");
    }
  }

  @Test
  void aClientThatGoesAwayCancelsItsCall() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (ControlServer _ =
        serve((_, _) -> {
          begun.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            cancelled.countDown();
          }
          return new Word("");
        })) {
      Thread client =
          Thread.ofVirtual()
              .start(() -> {
                assertThatThrownBy(() -> call("", new ArrayList<>()))
                    .isInstanceOf(IOException.class);
              });
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      client.interrupt();
      assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
      client.join();
    }
  }

  @Test
  void aCallUnderWayIsAnsweredWhenTheServerCloses() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    ControlServer server =
        serve((_, _) -> {
          begun.countDown();
          closing.await();
          Thread.sleep(50);
          return new Word("answered");
        });
    Thread closer =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                begun.await();
                closing.countDown();
                server.close();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    closer.start();
    assertThat(call("", new ArrayList<>()).text()).isEqualTo("answered");
    closer.join();
  }

  @Test
  void noiseIsNoHarm() throws Exception {
    try (ControlServer _ = serve((_, _) -> new Word("still here"))) {
      for (String noise : List.of("", "\n", "[]\n", "{\"call\":7}\n", "\0\1\2\n", "{\"call\"")) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
          channel.write(ByteBuffer.wrap(noise.getBytes(StandardCharsets.UTF_8)));
        }
      }
      assertThat(call("", new ArrayList<>()).text()).isEqualTo("still here");
    }
  }

  @Test
  void onlyTheOwnerMayEnterAndADeadSocketIsReplaced() throws Exception {
    Files.createDirectories(socket().getParent());
    Files.writeString(socket(), "left behind");
    try (ControlServer _ = serve((_, _) -> new Word(""))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())))
          .isEqualTo("rwx------");
      assertThat(new ControlClient(socket()).isAnswered()).isTrue();
    }
    assertThat(new ControlClient(socket()).isAnswered()).isFalse();
    assertThat(socket()).doesNotExist();
    assertThatThrownBy(() -> call("", new ArrayList<>()))
        .hasMessageContaining("`starling snapshotter` starts it");
  }
}
