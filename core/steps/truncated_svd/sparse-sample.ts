/**
 * Sparse rows that come in pieces. Where they would take more memory than they are given, a sample of them is kept: the rows whose hash, of
 * their place and a seed, lies below a bound, which is halved as often as is needed. So every row is as likely as any other, and the same
 * rows come to the same sample however they are cut into pieces.
 */
import { hashOfNumber } from "../murmur-hash.ts";
import type { LearnLimit } from "../step.ts";
import type { SparseRows } from "./sparse-rows.ts";

const ALL_HASHES = 2 ** 32;
/** A place and a float32. */
const BYTES_A_NUMBER = 8;

export class SparseSample {
  private readonly limit: LearnLimit | null;
  /** Beside its numbers. */
  private readonly bytesARow: number;
  private bound = ALL_HASHES;
  private width = 0;
  private starts = new Uint32Array(1);
  private hashes = new Uint32Array(0);
  private places = new Uint32Array(0);
  private values = new Float32Array(0);
  private kept = 0;
  /** Rows that were added. */
  added = 0;

  constructor(limit: LearnLimit | null, bytesARow: number) {
    this.limit = limit;
    this.bytesARow = bytesARow;
  }

  /** @param values `[rows, width]` */
  add(values: Float32Array, width: number): void {
    this.width = width;
    if (width === 0) return;
    this.makeRoom(values, width);
    for (let start = 0; start < values.length; start += width) {
      const hash = this.limit === null ? 0 : hashOfNumber(this.added, this.limit.seed);
      this.added += 1;
      if (hash >= this.bound) continue;
      this.keep(values.subarray(start, start + width), hash);
      while (this.limit !== null && this.kept > 1 && this.bytes > this.limit.bytes) this.halve();
    }
  }

  /** The rows that were kept, in the order in which they came. */
  rows(): SparseRows {
    const { width, kept } = this;
    const end = this.starts[kept] as number;
    return {
      width,
      starts: this.starts.subarray(0, kept + 1),
      places: this.places.subarray(0, end),
      values: this.values.subarray(0, end),
    };
  }

  private get bytes(): number {
    return (this.starts[this.kept] as number) * BYTES_A_NUMBER + this.kept * this.bytesARow;
  }

  private keep(row: Float32Array, hash: number): void {
    let next = this.starts[this.kept] as number;
    for (let place = 0; place < row.length; place += 1) {
      const value = row[place] as number;
      if (value === 0) continue;
      this.places[next] = place;
      this.values[next] = value;
      next += 1;
    }
    this.hashes[this.kept] = hash;
    this.kept += 1;
    this.starts[this.kept] = next;
  }

  /** Leaves out about every second row. */
  private halve(): void {
    this.bound = Math.floor(this.bound / 2);
    let [to, end] = [0, 0];
    for (let row = 0; row < this.kept; row += 1) {
      const [from, until] = [this.starts[row] as number, this.starts[row + 1] as number];
      if ((this.hashes[row] as number) >= this.bound) continue;
      this.places.copyWithin(end, from, until);
      this.values.copyWithin(end, from, until);
      end += until - from;
      this.hashes[to] = this.hashes[row] as number;
      to += 1;
      this.starts[to] = end;
    }
    this.kept = to;
  }

  private makeRoom(values: Float32Array, width: number): void {
    const rows = this.kept + values.length / width;
    const numbers = (this.starts[this.kept] as number) + values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    this.starts = grown(this.starts, rows + 1, this.kept + 1);
    this.hashes = grown(this.hashes, rows, this.kept);
    this.places = grown(this.places, numbers, numbers);
    this.values = grown(this.values, numbers, numbers);
  }
}

/** As long as is wanted, twice as long as before where something lay in it. */
function grown<A extends Uint32Array | Float32Array>(old: A, wanted: number, used: number): A {
  if (old.length >= wanted) return old;
  const next = new (old.constructor as new (length: number) => A)(Math.max(wanted, used > 0 ? 2 * old.length : 0));
  next.set(old);
  return next;
}
