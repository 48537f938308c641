/** The kind of data that a drag of a block carries: the block's name. */
export const BLOCK_DRAG_TYPE = "application/x-neuroloom-block";
