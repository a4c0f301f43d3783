import org.jspecify.annotations.NullMarked;

/** Image conversion: the {@code convert} command and the flow behind it. */
@NullMarked
module dev.starling.convert {
  requires transitive dev.starling.api;

  exports dev.starling.convert;

  opens dev.starling.convert to
      info.picocli;

  provides dev.starling.api.command.CommandProvider with
      dev.starling.convert.ConvertCommands;
}
