/**
 * idx files (MNIST's format): a magic number that tells type and axes, sizes, then bytes. Pictures are a file of unsigned
 * bytes with three axes (four with colour), labels one with one axis of the same length.
 * Source: Y. LeCun, "The MNIST database", file formats at the foot of the page.
 */
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../../../core/errors.ts";
import { contentHead, contentOf, isUnpackingError } from "../content-head.ts";
import { refuseAborted } from "../duckdb.ts";
import type { CollectedPictures } from "./collected.ts";
import { PixelWriter } from "./pixel-writer.ts";

const UNSIGNED_BYTES = 0x08;

interface IdxFile {
  readonly path: string;
  /** What the person calls it. */
  readonly name: string;
  readonly sizes: readonly number[];
}

interface IdxRequest {
  /** The file of pictures. */
  readonly path: string;
  readonly name: string;
  /** That of the labels; without it one of the same name with `labels` and `idx1` is looked for beside it. */
  readonly labels?: string | undefined;
  /** Where their pixels are written. */
  readonly pixelsAt: string;
  /** Which of them are taken, by number; all when left out. */
  readonly wanted?: ReadonlySet<number>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number, totalBytes: number, pictures: number) => void) | undefined;
}

/** The first bytes of the content, unpacked where the file is packed, begin as an idx file does. */
export function looksLikeIdx(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === UNSIGNED_BYTES && (head[3] === 3 || head[3] === 4);
}

/** A file of labels: one axis. */
export function looksLikeIdxLabels(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === UNSIGNED_BYTES && head[3] === 1;
}

/** @throws AppError data.idx_damaged, data.idx_labels_differ, data.pictures_over_disk, data.import_cancelled */
export async function readIdxPictures({ path, name, labels, wanted, ...rest }: IdxRequest): Promise<CollectedPictures> {
  const pictures = await headOf(path, name);
  const [count = 0] = pictures.sizes;
  const labelPath = labels ?? (await labelsBeside(path));
  const given = labelPath === null ? null : await headOf(labelPath, basename(labelPath));
  if (given !== null && bytesOf(given) !== count)
    throw new AppError("data.idx_labels_differ", { file: name, pictures: count, labels: bytesOf(given) });
  const classes = given === null ? null : await valuesOf(given);
  const pixels = await writePixels(pictures, wanted, rest);
  const places = wanted === undefined ? Array.from({ length: count }, (_, place) => place) : [...wanted].sort((a, b) => a - b);
  return {
    pixels,
    names: classes === null ? [] : ["label"],
    rows: places.map((place) => (classes === null ? [] : [String(classes[place])])),
    broken: [],
    ...(classes === null ? { labelsWanted: labelsOf(name) } : {}),
    sizeBytes: bytesOf(pictures) + (classes?.length ?? 0),
  };
}

/** How many pictures a file says that it has. @throws AppError data.idx_damaged */
export async function countIdxPictures(path: string, name: string): Promise<number> {
  return (await headOf(path, name)).sizes[0] ?? 0;
}

/** `train-images-idx3-ubyte.gz` → `train-labels-idx1-ubyte.gz`; a name that says nothing of pictures only gets the axes. */
function labelsOf(name: string): string {
  const named = name.replace(/images/i, "labels").replace(/idx[34]/i, "idx1");
  return named === name ? "…-labels-idx1-ubyte" : named;
}

const headBytes = ({ sizes }: Pick<IdxFile, "sizes">): number => 4 + 4 * sizes.length;
const bytesOf = ({ sizes }: Pick<IdxFile, "sizes">): number => sizes.reduce((product, size) => product * size, 1);

const damaged = (file: string, expected: string, received: string, cause?: unknown): AppError =>
  new AppError("data.idx_damaged", { file, expected, received }, { cause });

/** What the first bytes say. */
async function headOf(path: string, name: string): Promise<IdxFile> {
  const head = Buffer.from(await contentHead(path));
  const axes = head[3] ?? 0;
  if (head.length < 4 + 4 * axes || head[0] !== 0 || head[1] !== 0 || head[2] !== UNSIGNED_BYTES || axes === 0)
    throw damaged(name, "idx", head.length === 0 ? "0 bytes" : head.toString("hex", 0, 4));
  const sizes = Array.from({ length: axes }, (_, axis) => head.readUInt32BE(4 + 4 * axis));
  if (sizes.slice(1).includes(0)) throw damaged(name, "idx", sizes.join(" × "));
  return { path, name, sizes };
}

/** What follows the head, in pieces: as much as the sizes say, neither more nor less. */
async function* bodyOf(file: IdxFile): AsyncGenerator<Uint8Array, void, void> {
  const [header, expected] = [headBytes(file), bytesOf(file)];
  let read = 0;
  try {
    for await (const piece of contentOf(file.path)) {
      const body = piece.subarray(Math.max(0, header - read));
      const left = expected - Math.max(0, read - header);
      read += piece.length;
      if (body.length > 0) yield body.subarray(0, left);
      if (read > header + expected) break;
    }
  } catch (thrown) {
    throw isUnpackingError(thrown) ? damaged(file.name, "gzip", String(thrown), thrown) : thrown;
  }
  if (read !== header + expected) throw damaged(file.name, `${header + expected} bytes (${file.sizes.join(" × ")})`, `${read} bytes`);
}

async function valuesOf(file: IdxFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyOf(file)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function writePixels(
  file: IdxFile,
  wanted: ReadonlySet<number> | undefined,
  { pixelsAt, signal, onBytes }: Pick<IdxRequest, "pixelsAt" | "signal" | "onBytes">,
): Promise<CollectedPictures["pixels"]> {
  const [count = 0, height = 0, width = 0, channels = 1] = file.sizes;
  const each = height * width * channels;
  const writer = await PixelWriter.create(pixelsAt, [height, width, channels], wanted?.size ?? count, file.name);
  try {
    let at = 0;
    for await (const piece of bodyOf(file)) {
      refuseAborted(signal);
      if (wanted === undefined) await writer.add(piece);
      else for (const part of partsOf(piece, at, each, wanted)) await writer.add(part);
      at += piece.length;
      onBytes?.(at, bytesOf(file), Math.floor(at / each));
    }
    return await writer.finish();
  } finally {
    await writer.close();
  }
}

/** Of a piece that begins at a byte, what belongs to the pictures that are wanted. */
function* partsOf(piece: Uint8Array, at: number, each: number, wanted: ReadonlySet<number>): Generator<Uint8Array, void, void> {
  for (let from = 0; from < piece.length; ) {
    const picture = Math.floor((at + from) / each);
    const until = Math.min(piece.length, (picture + 1) * each - at);
    if (wanted.has(picture)) yield piece.subarray(from, until);
    from = until;
  }
}

/** Packed or not. */
async function labelsBeside(path: string): Promise<string | null> {
  if (!/images|idx[34]/i.test(basename(path))) return null;
  const plain = labelsOf(basename(path)).replace(/\.gz$/i, "");
  for (const candidate of [`${plain}.gz`, plain]) {
    const file = join(dirname(path), candidate);
    const handle = await open(file).catch(() => null);
    await handle?.close();
    if (handle !== null) return file;
  }
  return null;
}
