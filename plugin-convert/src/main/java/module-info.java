import org.jspecify.annotations.NullMarked;

/** Image conversion: the {@code convert} command and the flow behind it. */
@NullMarked
module dev.starling.convert {
  requires transitive dev.starling.api;
  requires tools.jackson.core;

  exports dev.starling.convert;
  exports dev.starling.convert.carryover;
  exports dev.starling.convert.prefetch;

  opens dev.starling.convert to
      info.picocli;

  provides dev.starling.api.command.CommandProvider with
      dev.starling.convert.ConvertCommands;
}
