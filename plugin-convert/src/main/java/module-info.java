import org.jspecify.annotations.NullMarked;

/** Image conversion: the {@code convert} command and the flow behind it. */
@NullMarked
module dev.starling.convert {
  requires dev.starling.api;
}
