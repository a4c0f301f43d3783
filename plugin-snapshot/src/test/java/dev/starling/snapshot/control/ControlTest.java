package dev.starling.snapshot.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls over a real socket. */
@Timeout(60)
class ControlTest {

  /** What the test's calls take and give. */
  public record Word(String text) {}

  private static final Call<Word, Word, Word> SING =
      new Call<>("sing", Word.class, Word.class, Word.class);

  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("daemon/control.sock");
  }

  private static final Call<Word, Word, Word> SAY =
      new Call<>("say", Word.class, Word.class, Word.class);

  private ControlServer serve(CallHandler<Word, Word, Word> handler) throws IOException {
    return ControlServer.start(socket(), new CallHandlers().on(SAY, handler));
  }

  private Word call(String text, List<String> events) throws IOException {
    return new ControlClient(socket()).call(SAY, new Word(text), event -> events.add(event.text()));
  }

  @Test
  void aCallGivesEventsAndAResult() throws Exception {
    try (ControlServer _ =
        serve((arguments, events) -> {
          events.accept(new Word("one"));
          events.accept(new Word("two\nlines"));
          return Answer.of(new Word(arguments.text() + "!"));
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
      assertThatThrownBy(() -> new ControlClient(socket()).call(SING, new Word(""), _ -> {}))
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
          return Answer.of(new Word(""));
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
          return Answer.of(new Word("answered"));
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
  void whatIsHeldStaysUntilTheClientGoes() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    try (ControlServer _ =
        serve((word, events) -> {
          events.accept(new Word("coming"));
          return new Answer<>(word, let::countDown);
        })) {
      List<String> events = new ArrayList<>();
      Answer<Word> answer =
          new ControlClient(socket())
              .hold(SAY, new Word("held"), event -> events.add(event.text()));
      assertThat(answer.result()).isEqualTo(new Word("held"));
      assertThat(events).containsExactly("coming");
      assertThat(let.await(100, TimeUnit.MILLISECONDS)).isFalse();
      Objects.requireNonNull(answer.held()).close();
      assertThat(let.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatIsHeldIsLetGoWhenTheServerCloses() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    ControlServer server = serve((word, _) -> new Answer<>(word, let::countDown));
    Answer<Word> answer = new ControlClient(socket()).hold(SAY, new Word(""), _ -> {});
    server.close();
    assertThat(let.await(30, TimeUnit.SECONDS)).isTrue();
    Objects.requireNonNull(answer.held()).close();
  }

  @Test
  void anAnswerOfAnotherVersionIsToldAsSuch() throws Exception {
    try (ControlServer _ =
        ControlServer.start(
            socket(),
            new CallHandlers()
                .on(
                    new Call<>("say", Word.class, Word.class, String.class),
                    (_, _) -> Answer.of("a text")))) {
      assertThatThrownBy(() -> call("", new ArrayList<>()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("may be another version's");
    }
  }

  @Test
  void aLongCallIsWaitedForWhileTheDaemonLives() throws Exception {
    Duration patience = ControlServer.PULSE.multipliedBy(3);
    try (ControlServer _ =
        serve((_, _) -> {
          Thread.sleep(patience.plusSeconds(1));
          return Answer.of(new Word("at last"));
        })) {
      ControlClient client = new ControlClient(socket(), patience);
      assertThat(client.call(SAY, new Word(""), _ -> {}).text()).isEqualTo("at last");
    }
  }

  @Test
  void aClientThatIsSlowToTakeEventsIsNotGivenUp() throws Exception {
    Duration patience = Duration.ofSeconds(1);
    try (ControlServer _ =
        serve((_, events) -> {
          events.accept(new Word("a line that is held up"));
          return Answer.of(new Word("all"));
        })) {
      ControlClient client = new ControlClient(socket(), patience);
      Word answer =
          client.call(
              SAY,
              new Word(""),
              _ -> {
                // As when the terminal was stopped by Ctrl-S.
                LockSupport.parkNanos(patience.multipliedBy(2).toNanos());
              });
      assertThat(answer.text()).isEqualTo("all");
    }
  }

  @Test
  void aDaemonThatSaysNothingIsGivenUp() throws Exception {
    Files.createDirectories(socket().getParent());
    try (ServerSocketChannel _ =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket()))) {
      ControlClient client = new ControlClient(socket(), Duration.ofSeconds(1));
      assertThatThrownBy(() -> client.hold(SAY, new Word(""), _ -> {}))
          .isInstanceOf(SilentException.class)
          .hasMessageContaining("nothing for 1 s; `starling snapshotter --stop` ends it");
    }
  }

  @Test
  void noiseIsNoHarm() throws Exception {
    try (ControlServer _ = serve((_, _) -> Answer.of(new Word("still here")))) {
      for (String noise :
          List.of("", "\n", "say\n", "say []\n", "say {\"text\":\n", "\0\1\2\n", "say {\"te")) {
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
    try (ControlServer _ = serve((_, _) -> Answer.of(new Word("")))) {
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
