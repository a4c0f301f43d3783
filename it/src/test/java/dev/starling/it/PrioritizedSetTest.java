package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the tracer lists is what the kernel's own notifications (fanotify, through fatrace) say was
 * read when the same workload runs in the same root file system.
 */
@ExtendWith(Lab.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class PrioritizedSetTest {

  private static final Pattern EVENT = Pattern.compile("[^:]+: ([A-Z<>+]+) +(/.*)");

  /** What a container gets from us instead of what the image has, and what runc itself reads. */
  private static final Set<String> REPLACED = Set.of("etc/hosts", "etc/resolv.conf");

  private static final Set<String> OF_RUNC = Set.of("etc/passwd", "etc/group");

  @TempDir static Path temporary;
  private Starling starling;
  private String image;
  private Path root;
  private Path pristine;

  static List<String> workloads() {
    return List.of(
        "python3 -c 'import json; print(json.dumps([1]))'",
        "java -version",
        "cd /tmp && printf 'package main\nfunc main() { println(1) }\n' >a.go"
            + " && go build -o a a.go && ./a",
        "grep -c . /etc/services; while read -r line; do echo \"$line\"; done </etc/debian_version;"
            + " ls -lR /usr/share/doc >/dev/null; test -e /etc/adduser.conf; cat /etc/shells | wc");
  }

  @BeforeAll
  void mount(Lab lab) throws Exception {
    Requirement.root();
    Requirement.programs("runc", "fatrace", "mount", "chroot", "umoci");
    starling = Starling.in(temporary);
    image = lab.registry().image("set/debian:esgz");
    starling
        .run("convert", "--oci", "--estargz", Lab.FAST, lab.debian("org"), "http://" + image)
        .succeeded();
    root = Files.createDirectory(temporary.resolve("root"));
    pristine = Files.createDirectory(temporary.resolve("pristine"));
    // Neither FUSE nor overlayfs tells fanotify, so it is the same root unpacked.
    Path bundle = temporary.resolve("bundle");
    Program.of("umoci", "unpack", "--image", TestImages.debian() + ":org", bundle.toString())
        .check();
    Program.of("mount", "--bind", bundle.resolve("rootfs").toString(), root.toString()).check();
    starling.run("mount", "--plain-http", image, pristine.toString()).succeeded();
    Program.of("mount", "-t", "proc", "proc", root.resolve("proc").toString()).check();
  }

  @AfterAll
  void unmount() throws Exception {
    Program.of("umount", root.resolve("proc").toString()).run();
    Program.of("umount", root.toString()).run();
    Lab.delete(temporary.resolve("bundle"));
    starling.run("unmount", pristine.toString()).succeeded();
    starling.run("snapshotter", "--stop").succeeded();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void isWhatTheKernelSaysWasRead(String workload) throws Exception {
    Set<String> listed = listed(workload);
    Set<String> read = new TreeSet<>();
    Set<String> opened = new TreeSet<>(OF_RUNC);
    watch(workload, read, opened);
    assertThat(read).hasSizeGreaterThan(2);
    assertThat(listed).as("nothing that was read is missing").containsAll(read);
    assertThat(opened).as("nothing is listed that was not opened").containsAll(listed);
  }

  private Set<String> listed(String workload) throws Exception {
    Path record = temporary.resolve("record.json");
    starling
        .run("run", "--plain-http", "--trace=" + record, image, "pst", "sh", "-c", workload)
        .succeeded();
    Set<String> paths = new TreeSet<>();
    for (String line : Files.readAllLines(record)) {
      paths.add(JsonMapper.shared().readTree(line).path("path").asString());
    }
    return paths;
  }

  private void watch(String workload, Set<String> read, Set<String> opened) throws Exception {
    Path events = temporary.resolve("events");
    Files.deleteIfExists(events);
    Process fatrace =
        new ProcessBuilder("stdbuf", "-oL", "fatrace", "-c", "-f", "RO")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(events.toFile())
            .start();
    try {
      awaitReady(fatrace, "begin", events);
      String path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
      Program.of("env", "-i", path, "HOME=/root", "chroot", root.toString(), "sh", "-c", workload)
          .check();
      awaitReady(fatrace, "end", events);
    } finally {
      fatrace.destroy();
      if (!fatrace.waitFor(10, TimeUnit.SECONDS)) {
        fatrace.destroyForcibly();
      }
    }
    for (String line : Files.readAllLines(events)) {
      Matcher event = EVENT.matcher(line);
      if (event.matches() && isOfImage(event.group(2))) {
        String name = root.relativize(Path.of(event.group(2))).toString();
        if (event.group(1).contains("R")) {
          read.add(name);
        }
        opened.add(name);
      }
    }
  }

  /** Events come in order: when that of a file of our own is there, so are all before it. */
  private void awaitReady(Process fatrace, String name, Path events) throws Exception {
    Path probe = Files.writeString(root.resolve("starling-probe-" + name), "x");
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!Files.exists(events) || !Files.readString(events).contains(probe.toString())) {
      assertThat(fatrace.isAlive()).as("fatrace runs").isTrue();
      assertThat(Instant.now()).as("fatrace saw %s", probe).isBefore(end);
      Files.readString(probe);
      Thread.sleep(50);
    }
    Files.delete(probe);
  }

  private boolean isOfImage(String path) throws IOException {
    Path file = Path.of(path);
    if (!file.startsWith(root)) {
      return false;
    }
    Path name = root.relativize(file);
    return !REPLACED.contains(name.toString())
        && Files.isRegularFile(pristine.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}
