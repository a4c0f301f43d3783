package dev.starling.convert.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterpartsTest {

  private static Counterparts between(String from, String to) {
    return Counterparts.between(Platform.of("linux", from, null), Platform.of("linux", to, null));
  }

  @ParameterizedTest
  @CsvSource({
    // multiarch folders
    "amd64, arm64, usr/lib/x86_64-linux-gnu/libc.so.6, usr/lib/aarch64-linux-gnu/libc.so.6",
    "arm64, amd64, usr/lib/aarch64-linux-gnu/libc.so.6, usr/lib/x86_64-linux-gnu/libc.so.6",
    "amd64, arm, lib/x86_64-linux-gnu/libz.so.1, lib/arm-linux-gnueabihf/libz.so.1",
    "amd64, arm, lib/x86_64-linux-gnu/libz.so.1, lib/arm-linux-gnueabi/libz.so.1",
    "amd64, 386, usr/lib/x86_64-linux-gnu/gconv/x.so, usr/lib/i386-linux-gnu/gconv/x.so",
    "amd64, ppc64le, lib/x86_64-linux-gnu/a, lib/powerpc64le-linux-gnu/a",
    "amd64, s390x, lib/x86_64-linux-gnu/a, lib/s390x-linux-gnu/a",
    "amd64, riscv64, lib/x86_64-linux-gnu/a, lib/riscv64-linux-gnu/a",
    "amd64, mips64le, lib/x86_64-linux-gnu/a, lib/mips64el-linux-gnuabi64/a",
    "amd64, loong64, lib/x86_64-linux-gnu/a, lib/loongarch64-linux-gnu/a",
    "386, amd64, lib/i386-linux-gnu/a, lib/x86_64-linux-gnu/a",
    "amd64, arm64, usr/lib/x86_64-linux-gnu/*.so*, usr/lib/aarch64-linux-gnu/*.so*",
    "amd64, arm64, usr/bin/x86_64-linux-gnu-gcc-12, usr/bin/aarch64-linux-gnu-gcc-12",
    "amd64, arm64, usr/lib/gcc/x86_64-linux-gnu/12/cc1, usr/lib/gcc/aarch64-linux-gnu/12/cc1",
    // loaders, and the folder they lie in
    "amd64, arm64, /lib64/ld-linux-x86-64.so.2, /lib/ld-linux-aarch64.so.1",
    "arm64, amd64, lib/ld-linux-aarch64.so.1, lib64/ld-linux-x86-64.so.2",
    "amd64, arm, lib64/ld-linux-x86-64.so.2, lib/ld-linux-armhf.so.3",
    "amd64, 386, lib64/ld-linux-x86-64.so.2, lib/ld-linux.so.2",
    "amd64, ppc64le, lib64/ld-linux-x86-64.so.2, lib64/ld64.so.2",
    "amd64, s390x, lib64/ld-linux-x86-64.so.2, lib/ld64.so.1",
    "amd64, riscv64, lib64/ld-linux-x86-64.so.2, lib/ld-linux-riscv64-lp64d.so.1",
    "amd64, mips64le, lib64/ld-linux-x86-64.so.2, lib64/ld.so.1",
    "amd64, arm64, lib/ld-musl-x86_64.so.1, lib/ld-musl-aarch64.so.1",
    "amd64, 386, lib/libc.musl-x86_64.so.1, lib/libc.musl-x86.so.1",
    "amd64, arm64, lib/x86_64-linux-gnu/ld-linux-x86-64.so.2, lib/aarch64-linux-gnu/ld-linux-aarch64.so.1",
    // lib64 and lib
    "amd64, arm64, usr/lib64/libssl.so.3, usr/lib/libssl.so.3",
    "arm, amd64, usr/lib/libssl.so.3, usr/lib64/libssl.so.3",
    // Go's tools
    "amd64, arm64, /usr/lib/go/pkg/tool/linux_amd64/compile, /usr/lib/go/pkg/tool/linux_arm64/compile",
    "amd64, 386, usr/local/go/pkg/tool/linux_amd64/link, usr/local/go/pkg/tool/linux_386/link",
    "amd64, mips64le, go/pkg/linux_amd64_race/fmt.a, go/pkg/linux_mips64le_race/fmt.a",
    // Python's extension modules
    "amd64, arm64, a/_ssl.cpython-311-x86_64-linux-gnu.so, a/_ssl.cpython-311-aarch64-linux-gnu.so",
    "amd64, arm, a/_ssl.cpython-311-x86_64-linux-musl.so, a/_ssl.cpython-311-arm-linux-musleabihf.so",
    "amd64, arm64, a/_sysconfigdata__x86_64-linux-gnu.py, a/_sysconfigdata__aarch64-linux-gnu.py",
    // JDKs
    "amd64, arm64, usr/lib/jvm/java-17-openjdk-amd64/lib/server/libjvm.so, usr/lib/jvm/java-17-openjdk-arm64/lib/server/libjvm.so",
    "amd64, arm, usr/lib/jvm/java-17-openjdk-amd64/lib/modules, usr/lib/jvm/java-17-openjdk-armhf/lib/modules",
    "amd64, arm64, jre/lib/amd64/server/libjvm.so, jre/lib/aarch64/server/libjvm.so",
    "amd64, arm, opt/jdk/lib/server/libjvm.so, opt/jdk/lib/client/libjvm.so",
    "amd64, arm64, usr/lib/jvm/java-17-openjdk-17.0.8-1.el9.x86_64/bin/java, usr/lib/jvm/java-17-openjdk-17.0.8-1.el9.aarch64/bin/java",
    // other ecosystems
    "amd64, arm64, app/node_modules/@esbuild/linux-x64/bin, app/node_modules/@esbuild/linux-arm64/bin",
    "amd64, arm64, r/lib/rustlib/x86_64-unknown-linux-gnu/lib/s.so, r/lib/rustlib/aarch64-unknown-linux-gnu/lib/s.so",
    "amd64, arm, r/x86_64-unknown-linux-musl/x, r/armv7-unknown-linux-musleabihf/x",
    "amd64, arm64, usr/lib/gcc/x86_64-alpine-linux-musl/13/cc1, usr/lib/gcc/aarch64-alpine-linux-musl/13/cc1",
    "amd64, arm64, usr/local/lib/ruby/3.2.0/x86_64-linux/etc.so, usr/local/lib/ruby/3.2.0/aarch64-linux/etc.so",
    "amd64, ppc64le, var/lib/dpkg/info/libc6:amd64.list, var/lib/dpkg/info/libc6:ppc64el.list"
  })
  void theCounterpartIsAmongTheProposals(String from, String to, String path, String expected) {
    assertThat(between(from, to).of(path))
        .contains(expected)
        .doesNotContain(path)
        .hasSizeLessThanOrEqualTo(Counterparts.MAX_CANDIDATES);
  }

  @Test
  void theLikeliestProposalIsTheFirst() {
    assertThat(between("amd64", "arm64").of("opt/bin/tool-linux-amd64").getFirst())
        .isEqualTo("opt/bin/tool-linux-arm64");
    assertThat(between("amd64", "arm").of("usr/share/x86_64-linux-gnu/a"))
        .containsExactly("usr/share/arm-linux-gnueabihf/a", "usr/share/arm-linux-gnueabi/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/passwd",
        "usr/bin/bash",
        "usr/share/doc/libamd64/x",
        "opt/app/x86_64bit",
        "usr/share/arm64/only"
      })
  void namesWithoutAnArchitectureHaveNoCounterpart(String path) {
    assertThat(between("amd64", "arm64").of(path)).isEmpty();
  }

  @Test
  void aLongerNameIsNotTakenForTheOneItBeginsWith() {
    // "x86" is Node's name of 386, and no part of x86_64
    assertThat(between("386", "arm64").of("opt/x86_64/a")).isEmpty();
    assertThat(between("arm", "arm64").of("usr/arm-linux-gnueabihf/a"))
        .containsExactly("usr/aarch64-linux-gnu/a");
  }

  @Test
  void thereAreNoneWhereNothingIsKnownOrNothingDiffers() {
    String path = "usr/lib/x86_64-linux-gnu/libc.so.6";
    assertThat(between("amd64", "amd64").of(path)).isEmpty();
    assertThat(between("amd64", "wasm").of(path)).isEmpty();
    assertThat(
            Counterparts.between(
                    Platform.of("linux", "amd64", null), Platform.of("windows", "arm64", null))
                .of(path))
        .isEmpty();
  }

  @Test
  void aHostilePathHasNoMoreProposalsThanAreLookedAt() {
    assertThat(between("amd64", "arm").of("amd64/x86_64/".repeat(300)))
        .hasSizeLessThanOrEqualTo(Counterparts.MAX_CANDIDATES);
  }

  @Test
  void everyRowOfTheTableHasAColumnForEachArchitecture() {
    for (Architecture from : Architecture.values()) {
      for (Architecture to : Architecture.values()) {
        assertThat(Spellings.between(from, to)).isNotEmpty();
      }
    }
  }
}
