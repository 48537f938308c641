/**
 * Rows that are wide and nearly all zeros (bags of words), as they lie on the disk: of each number that is not zero its place in the row, as
 * the bits of a uint32, and itself. Every bit of a row comes back.
 */
export class SparseRows {
  /** Where each row begins, in numbers of the file, and where the last ends. Shared with the threads that read. */
  readonly starts: Float64Array;
  private rows = 0;

  /** @param rows of the part */
  constructor(rows: number) {
    this.starts = new Float64Array(new SharedArrayBuffer(8 * (rows + 1)));
  }

  /** The next rows of the part. @param numbers `[rows, width]` */
  of(numbers: Float32Array, width: number): Float32Array {
    const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
    let count = 0;
    for (let i = 0; i < bits.length; i += 1) if (bits[i] !== 0) count += 1;
    const pairs = new Uint32Array(2 * count);
    let to = 0;
    for (let start = 0; start < bits.length; start += width) {
      const before = to;
      for (let place = 0; place < width; place += 1) {
        const value = bits[start + place] as number;
        if (value === 0) continue;
        pairs[to++] = place;
        pairs[to++] = value;
      }
      this.starts[this.rows + 1] = (this.starts[this.rows] as number) + to - before;
      this.rows += 1;
    }
    return new Float32Array(pairs.buffer);
  }
}

/**
 * The numbers of rows, whole again.
 * @param pairs  of these rows, one after the other
 * @param starts where each of them begins in `pairs`, in numbers counted from `starts[0]`, and where the last ends
 * @param into   `[rows, width]`
 */
export function wholeRows(pairs: Uint32Array, starts: Float64Array, width: number, into: Float32Array): void {
  const rows = starts.length - 1;
  const bits = new Uint32Array(into.buffer, into.byteOffset, rows * width);
  bits.fill(0);
  const first = starts[0] as number;
  for (let row = 0; row < rows; row += 1) {
    const end = (starts[row + 1] as number) - first;
    for (let i = (starts[row] as number) - first; i < end; i += 2) bits[row * width + (pairs[i] as number)] = pairs[i + 1] as number;
  }
}
