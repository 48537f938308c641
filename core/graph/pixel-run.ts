/** Tables whose columns are the pixels of pictures: which columns those are, told by their names, and the shape they make. */
export type PictureShape = readonly [height: number, width: number, channels: number];

export interface PixelRun {
  /** In the order of the pixels: by row, then column, then channel. */
  readonly columns: readonly string[];
  readonly shape: PictureShape;
}

/** Fewer are as likely measurements that are numbered. */
const FEWEST_PIXELS = 16;
const IN_A_GRID = /^(.*?)(\d+)[_x, -](\d+)(?:[_x, -](\d+))?$/;
/** Fewer rows and columns without anything between their figures are as likely items of a questionnaire. */
const FEWEST_FIGURES = 5;
const NUMBERED = /^(.*?)(\d+)$/;

/**
 * The longest run of names such as `pixel_0_0`, `1x1` (row and column, perhaps channel), `p00` … `p77` or `pixel0` … (a square, grey or colour).
 * @param names of columns of numbers; null where none look like pixels
 */
export function pixelRun(names: readonly string[]): PixelRun | null {
  const numbered = grouped(names, NUMBERED);
  const runs = [...grouped(names, IN_A_GRID).map(gridOf), ...numbered.map(squareOf), ...numbered.map(figuresOf)];
  return runs.filter((run) => run !== null).sort((a, b) => b.columns.length - a.columns.length)[0] ?? null;
}

interface Numbered {
  readonly name: string;
  readonly numbers: readonly number[];
}

function grouped(names: readonly string[], form: RegExp): Numbered[][] {
  const groups = new Map<string, Numbered[]>();
  for (const name of names) {
    const found = form.exec(name);
    if (found === null) continue;
    const [, prefix = "", ...rest] = found;
    const numbers = rest.filter((part) => part !== undefined).map(Number);
    const key = `${prefix}|${numbers.length}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ name, numbers }]);
    else group.push({ name, numbers });
  }
  return [...groups.values()];
}

/** Every place of the grid once, counted from 0 or 1. */
function gridOf(group: readonly Numbered[]): PixelRun | null {
  if (group.length < FEWEST_PIXELS) return null;
  const axes = group[0]?.numbers.length ?? 0;
  const ranges = Array.from({ length: axes }, (_, axis) => {
    const all = group.map(({ numbers }) => numbers[axis] as number);
    const low = all.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
    const high = all.reduce((most, one) => Math.max(most, one), 0);
    return { low, length: high - low + 1 };
  });
  const [height, width, channels] = ranges.map(({ length }) => length);
  if (height === undefined || width === undefined || height < 2 || width < 2) return null;
  if (channels !== undefined && channels !== 1 && channels !== 3) return null;
  const places = new Map(
    group.map(({ name, numbers }) => [
      numbers.reduce((sum, number, axis) => sum * (ranges[axis]?.length as number) + number - (ranges[axis]?.low as number), 0),
      name,
    ]),
  );
  const count = height * width * (channels ?? 1);
  if (places.size !== group.length || group.length !== count) return null;
  return { columns: Array.from({ length: count }, (_, place) => places.get(place) as string), shape: [height, width, channels ?? 1] };
}

/** Numbers that follow each other, as many as a square has, or a square of three colours. */
function squareOf(group: readonly Numbered[]): PixelRun | null {
  const inOrder = group.toSorted((a, b) => (a.numbers[0] as number) - (b.numbers[0] as number));
  const first = inOrder[0]?.numbers[0] ?? 0;
  if (inOrder.length < FEWEST_PIXELS || inOrder.some(({ numbers }, place) => numbers[0] !== first + place)) return null;
  const shape = shapeFor(inOrder.length);
  return shape[0] === shape[1] ? { columns: inOrder.map(({ name }) => name), shape } : null;
}

/** A square whose names end in one figure for the row and one for the column, and none in anything else: `p00` … `p77`. */
function figuresOf(group: readonly Numbered[]): PixelRun | null {
  const apart = group.map(({ name, numbers: [number = 0] }) => ({ name, numbers: [Math.floor(number / 10), number % 10] }));
  if (!group.every(({ name, numbers: [number = 0] }) => number < 100 && /\d\d$/.test(name))) return null;
  const run = gridOf(apart);
  return run !== null && run.shape[0] === run.shape[1] && run.shape[0] >= FEWEST_FIGURES ? run : null;
}

/** A square, grey or of three colours, where so many pixels make one; else the two sides that are nearest to each other. */
export function shapeFor(count: number): PictureShape {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(count / channels));
    if (side * side * channels === count) return [side, side, channels];
  }
  let height = Math.floor(Math.sqrt(count));
  while (height > 1 && count % height !== 0) height -= 1;
  return [Math.max(1, height), count / Math.max(1, height), 1];
}
