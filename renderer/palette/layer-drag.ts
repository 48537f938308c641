/** The kind of data that a drag from the palette carries: the type of the layer. */
export const LAYER_DRAG_TYPE = "application/x-neuroloom-layer";
