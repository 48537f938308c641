/**
 * Memory for rows of numbers that a column becomes. A machine that cannot hold them says only "Array buffer allocation failed": what
 * is too large is refused before it is taken, with the column, the count of rows and the width that they would have.
 */
import { AppError } from "../errors.ts";

/** 4 GB of float32: what is wider trains on nothing that a person has. */
const MOST_NUMBERS = 2 ** 30;

/**
 * @param column what the numbers are of: a column, or several
 * @returns zeros, `[rows, width]`
 * @throws AppError data.rows_too_large
 */
export function rowMemory(rows: number, width: number, column: string, nodeId?: string): Float32Array {
  const refused = (cause?: unknown): AppError =>
    new AppError(
      "data.rows_too_large",
      { column, rows, width, megabytes: megabytesOf(rows * width) },
      { cause, ...(nodeId === undefined ? {} : { nodeId }) },
    );
  if (rows * width > MOST_NUMBERS) throw refused();
  try {
    return new Float32Array(rows * width);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw refused(thrown);
    throw thrown;
  }
}

export const megabytesOf = (numbers: number): number => Math.ceil((4 * numbers) / 2 ** 20);
