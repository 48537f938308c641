/**
 * Copies rows of a data set into the input of a program, in the order that a batch asks for. Long rows go as blocks, through views
 * that are made once a row: a training step allocates nothing. Short ones go number by number, as the bits that they are: to read
 * a float32 makes a float64 of it and to write one makes a float32 again, and neither is wanted here.
 */

/** Shorter rows are as fast number by number, and there may be many of them: a view takes some hundred bytes. */
const SHORTEST_BLOCK = 128;
/** Of a data set that does not stay in a cache, every row is a wait for memory: they are asked for all at once, before the first is copied. */
const CACHED_NUMBERS = 1 << 18;
/** Numbers that come from memory together: 64 bytes. */
const LINE = 16;

export class RowCopier {
  private readonly values: Float32Array;
  private readonly width: number;
  private readonly views: (Float32Array | undefined)[];
  private readonly bits: Int32Array;
  private target: Float32Array | null = null;
  private targetBits: Int32Array = new Int32Array(0);
  /** Bits of what was read ahead: kept, or nothing would need to be read. */
  private seen = 0;

  /** @param values rows of `width` numbers, one after the other */
  constructor(values: Float32Array, width: number) {
    this.values = values;
    this.width = width;
    this.bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    this.views = new Array<Float32Array | undefined>(width < SHORTEST_BLOCK ? 0 : values.length / width);
  }

  /**
   * Rows order[from], …, order[from + count − 1] to `target` from `place` on; without an order the rows from `from` on.
   * @param places which of the values each row is, where rows share them
   */
  copy(
    order: Uint32Array | null,
    from: number,
    count: number,
    target: Float32Array | Float64Array,
    place: number,
    places?: Uint32Array,
  ): void {
    const { width } = this;
    if (width < SHORTEST_BLOCK && target instanceof Float32Array && order !== null) {
      if (this.values.length > CACHED_NUMBERS) this.readAhead(order, from, count, places);
      this.copyBits(order, from, count, target, place, places);
      return;
    }
    for (let i = 0; i < count; i++) {
      const asked = order === null ? from + i : (order[from + i] as number);
      const row = places === undefined ? asked : (places[asked] as number);
      if (width >= SHORTEST_BLOCK) target.set(this.row(row), place + i * width);
      else this.copyNumbers(row * width, target, place + i * width);
    }
  }

  private copyBits(order: Uint32Array, from: number, count: number, target: Float32Array, place: number, places?: Uint32Array): void {
    if (this.target !== target) {
      this.target = target;
      this.targetBits = new Int32Array(target.buffer, target.byteOffset, target.length);
    }
    const { width, bits, targetBits } = this;
    let into = place;
    for (let i = 0; i < count; i++) {
      const asked = order[from + i] as number;
      const start = width * (places === undefined ? asked : (places[asked] as number));
      let k = 0;
      for (; k + 3 < width; k += 4) {
        targetBits[into + k] = bits[start + k] as number;
        targetBits[into + k + 1] = bits[start + k + 1] as number;
        targetBits[into + k + 2] = bits[start + k + 2] as number;
        targetBits[into + k + 3] = bits[start + k + 3] as number;
      }
      for (; k < width; k++) targetBits[into + k] = bits[start + k] as number;
      into += width;
    }
  }

  private readAhead(order: Uint32Array, from: number, count: number, places?: Uint32Array): void {
    const { width, bits } = this;
    let seen = this.seen;
    for (let i = 0; i < count; i++) {
      const asked = order[from + i] as number;
      const start = width * (places === undefined ? asked : (places[asked] as number));
      for (let k = 0; k < width; k += LINE) seen |= bits[start + k] as number;
    }
    this.seen = seen;
  }

  private copyNumbers(start: number, target: Float32Array | Float64Array, place: number): void {
    const { values, width } = this;
    for (let k = 0; k < width; k++) target[place + k] = values[start + k] as number;
  }

  private row(index: number): Float32Array {
    const known = this.views[index];
    if (known !== undefined) return known;
    const view = this.values.subarray(index * this.width, (index + 1) * this.width);
    this.views[index] = view;
    return view;
  }
}
