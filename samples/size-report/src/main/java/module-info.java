/** The command {@code size-report}: where the bytes of an image are. */
module org.example.sizereport {
  requires dev.starling.api;

  // Scripts and --format json read the record, picocli sets the command's fields.
  exports org.example.sizereport;
  opens org.example.sizereport to
      info.picocli;

  provides dev.starling.api.command.CommandProvider with
      org.example.sizereport.SizeReportCommands;
}
