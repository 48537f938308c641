/** Reads rows on disk for a feeder: numbers and texts from the files that the preparation wrote, pictures from the file beside the data set. */
import { closeSync, openSync, readSync } from "node:fs";
import {
  type PictureRows,
  pictureNumbers,
  type ReadRows,
  rowWidth,
  type StoredRows,
  type WindowRows,
} from "../../core/data/blocks/fill-blocks.ts";
import type { ReadTexts } from "../../core/data/blocks/fill-texts.ts";
import { wholeRows } from "../../core/data/blocks/sparse-rows.ts";
import { sizeOf } from "../../core/ir/tensor.ts";

/** Pictures whose bytes are held at a time. */
const PICTURE_BYTES = 1 << 20;

export class StoredReader {
  private readonly path: string;
  private readonly stored: StoredRows;
  /** Opened when rows are first wanted: a short run may be over before. */
  private readonly files = new Map<string, number>();
  /** Numbers of a row that lie in the file of numbers. */
  private readonly written: number;
  private readonly decoder = new TextDecoder();

  constructor(path: string, stored: StoredRows) {
    this.path = path;
    this.stored = stored;
    const { widths, pictures = {}, windows = {} } = stored;
    const isWritten = (id: string): boolean => !(id in pictures || id in windows);
    this.written = Object.keys(widths).reduce((sum, id) => sum + (isWritten(id) ? (widths[id] as number) : 0), 0);
  }

  readonly read: ReadRows = (firstRow, count, into) => {
    const { widths, pictures = {}, windows = {} } = this.stored;
    const width = rowWidth(this.stored);
    if (this.written === width) {
      this.readNumbers(firstRow, count, into.subarray(0, count * width));
      return;
    }
    const numbers = new Float32Array(count * this.written);
    if (this.written > 0) this.readNumbers(firstRow, count, numbers);
    let [at, from] = [0, 0];
    for (const id in widths) {
      const own = widths[id] as number;
      const [shown, cut] = [pictures[id], windows[id]];
      const take = (i: number, values: Float32Array): void => into.set(values, i * width + at);
      if (shown !== undefined) this.readPictures(shown, firstRow, count, take);
      else if (cut !== undefined) this.readWindows(cut, firstRow, count, take);
      else {
        for (let i = 0; i < count; i++) {
          const start = i * this.written + from;
          into.set(numbers.subarray(start, start + own), i * width + at);
        }
        from += own;
      }
      at += own;
    }
  };

  /** Of a training row whose copies are changed, the texts as they were. */
  readonly readTexts: ReadTexts = (row) => {
    const { copies } = this.stored;
    if (copies === undefined) throw new Error("no texts were written");
    const bytes = new Uint8Array(copies.bytes[row] as number);
    this.readBytes(copies.path, copies.starts[row] as number, bytes);
    return JSON.parse(this.decoder.decode(bytes)) as (string | null)[];
  };

  private readNumbers(firstRow: number, count: number, into: Float32Array): void {
    const { starts } = this.stored;
    if (starts === undefined) {
      this.readBytes(this.path, 4 * firstRow * this.written, bytesOf(into));
      return;
    }
    const own = starts.subarray(firstRow, firstRow + count + 1);
    const first = own[0] as number;
    const pairs = new Float32Array((own[count] as number) - first);
    this.readBytes(this.path, 4 * first, bytesOf(pairs));
    wholeRows(new Uint32Array(pairs.buffer), own, this.written, into);
  }

  private readWindows(cut: WindowRows, firstRow: number, count: number, take: (i: number, values: Float32Array) => void): void {
    const { path, length, columns, first, starts } = cut;
    const startOf = (i: number): number => (starts === undefined ? first + firstRow + i : (starts[firstRow + i] as number));
    // Windows that follow each other come in one read.
    for (let done = 0; done < count; ) {
      const begin = startOf(done);
      let run = 1;
      while (done + run < count && startOf(done + run) === begin + run) run += 1;
      const steps = new Float32Array((run + length - 1) * columns);
      this.readBytes(path, 4 * begin * columns, bytesOf(steps));
      const known = this.readKnown(cut, begin + length - 1, run);
      for (let i = 0; i < run; i++) {
        const window = steps.subarray(i * columns, (i + length) * columns);
        take(done + i, known === null ? window : this.asKnown(cut, window, begin + i, known.subarray(i * columns, (i + 1) * columns)));
      }
      done += run;
    }
  }

  /** Of so many steps, the last that is known up to each. */
  private readKnown({ known, columns }: WindowRows, from: number, count: number): Uint32Array | null {
    if (known === undefined) return null;
    const steps = new Uint32Array(count * columns);
    this.readBytes(known, 4 * from * columns, new Uint8Array(steps.buffer));
    return steps;
  }

  /** A window as it is known at its end. @param last step that is known, by column */
  private asKnown({ path, length, columns }: WindowRows, window: Float32Array, begin: number, last: Uint32Array): Float32Array {
    const own = window.slice();
    const value = new Float32Array(1);
    for (let column = 0; column < columns; column++) {
      const place = last[column] as number;
      if (place === begin + length - 1) continue;
      if (place >= begin) value[0] = window[(place - begin) * columns + column] as number;
      else this.readBytes(path, 4 * (place * columns + column), bytesOf(value));
      for (let step = Math.max(0, place + 1 - begin); step < length; step++) own[step * columns + column] = value[0] as number;
    }
    return own;
  }

  /** @param take is given the numbers of each row, `i` counted from the first */
  private readPictures(shown: PictureRows, firstRow: number, count: number, take: (i: number, values: Float32Array) => void): void {
    const { file, places } = shown;
    const each = sizeOf(file.shape);
    const most = Math.max(1, Math.floor(PICTURE_BYTES / each));
    for (let done = 0; done < count; ) {
      const rows = Math.min(most, count - done);
      const pixels = new Uint8Array(rows * each);
      // Those that lie behind each other come in one read.
      for (let i = 0; i < rows; ) {
        const place = places[firstRow + done + i] as number;
        let run = 1;
        while (i + run < rows && places[firstRow + done + i + run] === place + run) run += 1;
        this.readBytes(file.path, file.start + place * each, pixels.subarray(i * each, (i + run) * each));
        i += run;
      }
      const values = pictureNumbers(shown, pixels);
      const width = values.length / rows;
      for (let i = 0; i < rows; i++) take(done + i, values.subarray(i * width, (i + 1) * width));
      done += rows;
    }
  }

  /** A read may give less than it was asked for. */
  private readBytes(path: string, from: number, into: Uint8Array): void {
    const file = this.files.get(path) ?? openSync(path, "r");
    this.files.set(path, file);
    for (let done = 0; done < into.length; ) {
      const read = readSync(file, into, done, into.length - done, from + done);
      if (read === 0) throw new Error(`${path} ends after ${from + done} bytes`);
      done += read;
    }
  }

  close(): void {
    for (const file of this.files.values()) closeSync(file);
    this.files.clear();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
