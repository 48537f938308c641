/**
 * Reads a file of word vectors, of any size, a piece at a time: only the vectors of wanted words are ever held. Packed with gzip or
 * not, told from its first bytes.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { type FoundVectors, WordVectorReader } from "../../../../core/data/word-vectors.ts";
import { AppError } from "../../../../core/errors.ts";
import { fileError } from "../file-errors.ts";

export interface ScanProgress {
  /** Of the file as it lies on the disk. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly lines: number;
  /** Wanted words that were found so far. */
  readonly found: number;
}

export interface ScanOptions {
  /** Told after every piece. */
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly isCancelled?: () => boolean;
}

const PIECE_BYTES = 1 << 18;
/** A line of 65,536 numbers; what is longer is no file of vectors. */
const LONGEST_LINE = 1 << 21;

/**
 * @param name the file as the person knows it
 * @throws AppError data.vectors_line, data.vectors_none, data.vectors_not_text, data.vectors_cancelled, data.file_empty, data.file_not_found …
 */
export async function scanVectors(path: string, name: string, wanted: Iterable<string>, options: ScanOptions = {}): Promise<FoundVectors> {
  try {
    return await scan(path, name, wanted, options);
  } catch (thrown) {
    throw fileError(thrown, name);
  }
}

async function scan(
  path: string,
  name: string,
  wanted: Iterable<string>,
  { onProgress, isCancelled = () => false }: ScanOptions,
): Promise<FoundVectors> {
  const { packed, totalBytes } = await look(path, name);
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  // The error of either goes to whoever reads the last one.
  const bytes: Readable = packed ? pipeline(file, createGunzip(), () => undefined) : file;
  const reader = new WordVectorReader(wanted);
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const piece of bytes) {
      rest = takeLines(rest + decoder.decode(piece as Buffer, { stream: true }), reader, name);
      onProgress?.({ bytes: file.bytesRead, totalBytes, lines: reader.lines, found: reader.found });
      // Messages, a cancel among them, are heard between two pieces.
      await turn();
      if (isCancelled()) throw new AppError("data.vectors_cancelled");
    }
  } finally {
    file.destroy();
  }
  rest += decoder.decode();
  if (rest !== "") reader.add(rest);
  return reader.finish();
}

/** @returns what comes after the last line end */
function takeLines(text: string, reader: WordVectorReader, name: string): string {
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    reader.add(text.slice(start, end));
    start = end + 1;
  }
  if (text.length - start > LONGEST_LINE) throw new AppError("data.vectors_not_text", { file: name });
  return text.slice(start);
}

/** @throws AppError data.file_empty, data.vectors_not_text for archives and numbers that are not written as text */
async function look(path: string, name: string): Promise<{ packed: boolean; totalBytes: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, 4096));
    await file.read(head, 0, head.length, 0);
    if (size === 0) throw new AppError("data.vectors_none");
    const packed = head[0] === 0x1f && head[1] === 0x8b;
    if (!packed && (head.includes(0) || head.subarray(0, 2).toString("latin1") === "PK"))
      throw new AppError("data.vectors_not_text", { file: name });
    return { packed, totalBytes: size };
  } finally {
    await file.close();
  }
}
