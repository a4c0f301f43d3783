import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Raises the version of a jar's oldest class files, in place, and gives them the stack maps that
 * newer versions need. picocli is compiled for Java 5; the AOT cache leaves such classes out and the
 * slow verifier of those days checks them at every start, which is a fifth of a short command.
 *
 * <p>Usage: {@code java ModernizeClassFiles.java JAR}
 */
final class ModernizeClassFiles {

  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int JAVA_8 = 52;

  private ModernizeClassFiles() {}

  public static void main(String[] arguments) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      for (Path file : classFiles(jar.getPath("/"))) {
        byte[] bytes = Files.readAllBytes(file);
        if (majorVersion(bytes) < FIRST_WITH_STACK_MAPS) {
          Files.write(file, modernize(bytes, jar));
        }
      }
    }
  }

  private static List<Path> classFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static int majorVersion(byte[] bytes) {
    return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
  }

  private static byte[] modernize(byte[] bytes, FileSystem jar) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy(jar)));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(JAVA_8, 0);
          } else {
            builder.with(element);
          }
        };
    // Code that is passed on element by element is assembled anew, and only then gets its maps.
    ClassTransform code =
        ClassTransform.transformingMethodBodies(
            CodeTransform.ofStateful(() -> (builder, element) -> builder.with(element)));
    return classFile.transformClass(classFile.parse(bytes), version.andThen(code));
  }

  private static ClassHierarchyResolver hierarchy(FileSystem jar) {
    return ClassHierarchyResolver.ofResourceParsing(type -> open(jar, type))
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  private static InputStream open(FileSystem jar, ClassDesc type) {
    String name = type.descriptorString();
    Path file = jar.getPath(name.substring(1, name.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
