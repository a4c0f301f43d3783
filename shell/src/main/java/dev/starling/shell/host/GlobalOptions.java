package dev.starling.shell.host;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that every command has, wherever on the line they stand. They are added to each
 * command of a tree and set this one object; a command that declares one of the names itself keeps
 * it. Made anew for every call; not thread-safe.
 */
final class GlobalOptions {

  private OutputFormat format = OutputFormat.TEXT;
  private boolean quiet;
  private boolean debug;

  /** How the result is printed; text unless said otherwise. */
  OutputFormat format() {
    return format;
  }

  /** Whether only results and warnings are wanted. */
  boolean quiet() {
    return quiet;
  }

  /** Whether details for a defect's report are wanted. */
  boolean debug() {
    return debug;
  }

  /** Adds the options to a command. */
  void addTo(CommandSpec spec) {
    addOption(
        spec,
        OptionSpec.builder("--format")
            .paramLabel("FORMAT")
            .type(OutputFormat.class)
            .description("Print the result as text (default) or json.")
            .setter(new Assignment(given -> format = (OutputFormat) given)));
    addOption(
        spec,
        flag("-q", "--quiet")
            .description("Print nothing but the result and warnings.")
            .setter(new Assignment(given -> quiet = (Boolean) given)));
    addOption(
        spec,
        flag("--debug")
            .description("Print details and stack traces.")
            .setter(new Assignment(given -> debug = (Boolean) given)));
    addOption(spec, flag("-h", "--help").usageHelp(true).description("Show this help."));
  }

  private static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).type(Boolean.class).arity("0");
  }

  /** Ignores picocli's resetting to null, which would undo what stood earlier on the line. */
  private record Assignment(Consumer<Object> field) implements ISetter {
    @Override
    @NullUnmarked // picocli has no annotations
    public <T> T set(T value) {
      if (value != null) {
        field.accept(value);
      }
      return value;
    }
  }

  private static void addOption(CommandSpec spec, OptionSpec.Builder option) {
    String[] free =
        Arrays.stream(option.names())
            .filter(name -> spec.findOption(name) == null)
            .toArray(String[]::new);
    if (free.length > 0) {
      spec.addOption(option.names(free).order(1000).build());
    }
  }
}
