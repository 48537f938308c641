/** Where a packed text can be unpacked no further: it is unpacked once more, and its lines are counted as they come. */
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../core/errors.ts";
import { countLines } from "./chunk-decoders.ts";
import { isDamagedGzip } from "./file-errors.ts";

/**
 * @param path of a .gz file that could not be unpacked
 * @returns data.gzip_cut_off or data.gzip_damaged_at with the line of the text; data.gzip_damaged where not one line came out
 */
export async function damageIn(path: string, file: string, signal: AbortSignal | undefined): Promise<AppError> {
  let lines = 0;
  // What has come out is counted at once: a stream that fails forgets what nobody has taken yet.
  const counted = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines += countLines(chunk);
      done();
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip(), counted, { signal });
  } catch (thrown) {
    if (signal?.aborted === true) return new AppError("data.import_cancelled", {}, { cause: thrown });
    if (!isDamagedGzip(thrown)) throw thrown;
    if (lines === 0) return new AppError("data.gzip_damaged", { file }, { cause: thrown });
    const isCut = (thrown as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    return new AppError(isCut ? "data.gzip_cut_off" : "data.gzip_damaged_at", { file, line: lines + 1 }, { cause: thrown });
  }
  // It can be unpacked now: it was written to in between.
  return new AppError("data.file_changed", { file });
}
