/**
 * A narrow read-only file-system interface over FUSE; knows nothing of images.
 *
 * <p>Still empty: lazy mounting fills it.
 */
module dev.starling.fuse {}
