/** How many layers of a chain go into a row. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A shorter row has to show the drawing larger by so much: every fold costs the eye a little. */
const WORTH_A_FOLD = 1.02;

/**
 * @param count of the layers
 * @param view  the room there is, in pixels
 * @param cell  what a layer takes with the gaps around it, at full size
 * @returns the length of row at which all of it is seen as large as can be, at full size at most
 */
export function rowLength(count: number, view: Size, cell: Size): number {
  if (count === 0) return 0;
  let best = { length: count, zoom: 0 };
  for (let length = count; length >= 2; length -= 1) {
    const zoom = Math.min(1, view.width / (length * cell.width), view.height / (Math.ceil(count / length) * cell.height));
    if (zoom > best.zoom * WORTH_A_FOLD) best = { length, zoom };
  }
  // In rows of about the same length.
  return Math.ceil(count / Math.ceil(count / best.length));
}
