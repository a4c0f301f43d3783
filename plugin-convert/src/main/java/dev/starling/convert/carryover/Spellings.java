package dev.starling.convert.carryover;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * How conventions spell architectures. Each row of the table is a convention, each column an
 * architecture; several spellings of one are separated by commas, the likeliest first, and a dash
 * stands for none.
 */
final class Spellings {

  private static final String TABLE =
      """
      # amd64 arm64 arm 386 ppc64le s390x riscv64 mips64le loong64
      # Debian's multiarch triplets; also Python's extension modules
      x86_64-linux-gnu aarch64-linux-gnu arm-linux-gnueabihf,arm-linux-gnueabi i386-linux-gnu,i686-linux-gnu powerpc64le-linux-gnu s390x-linux-gnu riscv64-linux-gnu mips64el-linux-gnuabi64 loongarch64-linux-gnu
      # the same with musl
      x86_64-linux-musl aarch64-linux-musl arm-linux-musleabihf i386-linux-musl powerpc64le-linux-musl s390x-linux-musl riscv64-linux-musl mips64el-linux-muslabi64 loongarch64-linux-musl
      # GNU triples with a vendor
      x86_64-alpine-linux-musl aarch64-alpine-linux-musl armv7-alpine-linux-musleabihf,armv6-alpine-linux-musleabihf i586-alpine-linux-musl powerpc64le-alpine-linux-musl s390x-alpine-linux-musl riscv64-alpine-linux-musl - loongarch64-alpine-linux-musl
      x86_64-redhat-linux aarch64-redhat-linux armv7hl-redhat-linux-gnueabi i686-redhat-linux ppc64le-redhat-linux s390x-redhat-linux riscv64-redhat-linux - loongarch64-redhat-linux
      x86_64-pc-linux-gnu aarch64-unknown-linux-gnu armv7a-unknown-linux-gnueabihf i686-pc-linux-gnu powerpc64le-unknown-linux-gnu s390x-ibm-linux-gnu riscv64-unknown-linux-gnu mips64el-unknown-linux-gnu loongarch64-unknown-linux-gnu
      # Rust's targets
      x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu armv7-unknown-linux-gnueabihf,arm-unknown-linux-gnueabihf i686-unknown-linux-gnu powerpc64le-unknown-linux-gnu s390x-unknown-linux-gnu riscv64gc-unknown-linux-gnu mips64el-unknown-linux-gnuabi64 loongarch64-unknown-linux-gnu
      x86_64-unknown-linux-musl aarch64-unknown-linux-musl armv7-unknown-linux-musleabihf,arm-unknown-linux-musleabihf i686-unknown-linux-musl powerpc64le-unknown-linux-musl s390x-unknown-linux-musl riscv64gc-unknown-linux-musl - loongarch64-unknown-linux-musl
      # dynamic loaders of glibc and musl, and musl's name for its libc
      ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 ld-linux-armhf.so.3,ld-linux.so.3 ld-linux.so.2 ld64.so.2 ld64.so.1 ld-linux-riscv64-lp64d.so.1 ld.so.1 ld-linux-loongarch-lp64d.so.1
      ld-musl-x86_64.so.1 ld-musl-aarch64.so.1 ld-musl-armhf.so.1,ld-musl-arm.so.1 ld-musl-i386.so.1 ld-musl-powerpc64le.so.1 ld-musl-s390x.so.1 ld-musl-riscv64.so.1 ld-musl-mips64el.so.1 ld-musl-loongarch64.so.1
      libc.musl-x86_64.so.1 libc.musl-aarch64.so.1 libc.musl-armhf.so.1,libc.musl-armv7.so.1 libc.musl-x86.so.1 libc.musl-ppc64le.so.1 libc.musl-s390x.so.1 libc.musl-riscv64.so.1 libc.musl-mips64el.so.1 libc.musl-loongarch64.so.1
      # Debian's architectures; also the folders of its JDKs
      amd64 arm64 armhf,armel i386 ppc64el s390x riscv64 mips64el loong64
      # Go's; also Docker's and Kubernetes'
      amd64 arm64 arm 386 ppc64le s390x riscv64 mips64le loong64
      # machines as the kernel, RPM and compilers call them
      x86_64 aarch64 armv7l,armv7hl,armv7,armv6l,armv6,armhf,arm i686,i586,i486,i386 ppc64le,powerpc64le s390x riscv64,riscv64gc mips64el,mips64 loongarch64
      x86-64 aarch64 arm i386 ppc64le s390x riscv64 mips64el loongarch64
      # folders of JDKs up to 8
      amd64 aarch64 arm,aarch32 i386 ppc64le s390x riscv64 mips64el loongarch64
      # the JVM's kinds: small platforms have no server VM
      server/libjvm.so server/libjvm.so server/libjvm.so,client/libjvm.so,minimal/libjvm.so server/libjvm.so,client/libjvm.so server/libjvm.so server/libjvm.so server/libjvm.so server/libjvm.so server/libjvm.so
      # Node.js and .NET
      x64 arm64 arm,armv7l ia32,x86 ppc64le,ppc64 s390x riscv64 mips64el loong64
      """;

  private static final List<List<List<String>>> ROWS =
      TABLE
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ", -1)).stream().map(Spellings::cell).toList())
          .toList();

  /** All spellings of all architectures, longer ones before those that they begin with. */
  private static final List<String> ALL =
      ROWS.stream()
          .flatMap(List::stream)
          .flatMap(Collection::stream)
          .distinct()
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();

  private Spellings() {}

  private static List<String> cell(String text) {
    return text.equals("-") ? List.of() : List.of(text.split(",", -1));
  }

  /**
   * Every spelling of any architecture, the longest first: where several begin at one place of a
   * path, the longest is meant.
   */
  static List<String> all() {
    return ALL;
  }

  /** What each spelling of one architecture may be on another, the likeliest first. */
  static Map<String, List<String>> between(Architecture from, Architecture to) {
    Map<String, SequencedSet<String>> found = new TreeMap<>();
    for (List<List<String>> row : ROWS) {
      List<String> targets = row.get(to.column());
      for (String spelling : row.get(from.column())) {
        found.computeIfAbsent(spelling, _ -> new LinkedHashSet<>()).addAll(targets);
      }
    }
    Map<String, List<String>> result = new TreeMap<>();
    found.forEach((spelling, targets) -> result.put(spelling, List.copyOf(targets)));
    return Collections.unmodifiableMap(result);
  }
}
