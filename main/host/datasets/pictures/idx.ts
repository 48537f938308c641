/**
 * idx files (MNIST's format): a magic number that tells type and axes, sizes, then bytes. Pictures are a file of unsigned
 * bytes with three axes (four with colour), labels one with one axis of the same length.
 * Source: Y. LeCun, "The MNIST database", file formats at the foot of the page.
 */
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../../../core/errors.ts";
import { contentHead, contentOf, isUnpackingError } from "../content-head.ts";
import { type CollectedPictures, refuseTooLarge } from "./collected.ts";
import type { PictureFormat } from "./picture-format.ts";

const UNSIGNED_BYTES = 0x08;

interface IdxFile {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

/** The first bytes of the content, unpacked where the file is packed, begin as an idx file does. */
export function looksLikeIdx(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === UNSIGNED_BYTES && (head[3] === 3 || head[3] === 4);
}

/** A file of labels: one axis. */
export function looksLikeIdxLabels(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === UNSIGNED_BYTES && head[3] === 1;
}

/**
 * @param path   the file of pictures
 * @param labels that of the labels; without it one of the same name with `labels` and `idx1` is looked for beside it
 * @throws AppError data.idx_damaged, data.idx_labels_differ, data.pictures_over_memory
 */
export async function readIdxPictures(
  path: string,
  name: string,
  labels?: string,
  { mostBytes }: Pick<PictureFormat, "mostBytes"> = {},
): Promise<CollectedPictures> {
  const pictures = await readIdx(path, name, mostBytes);
  const [count = 0, height = 0, width = 0, channels = 1] = pictures.sizes;
  const labelPath = labels ?? (await labelsBeside(path));
  const classes = labelPath === null ? null : await readIdx(labelPath, basename(labelPath));
  if (classes !== null && classes.values.length !== count)
    throw new AppError("data.idx_labels_differ", { file: name, pictures: count, labels: classes.values.length });
  return {
    shape: [height, width, channels],
    pixels: pictures.values,
    names: classes === null ? [] : ["label"],
    rows: Array.from({ length: count }, (_, row) => (classes === null ? [] : [String(classes.values[row])])),
    broken: [],
    ...(classes === null ? { labelsWanted: labelsOf(name) } : {}),
    sizeBytes: pictures.values.length + (classes?.values.length ?? 0),
  };
}

/** `train-images-idx3-ubyte.gz` → `train-labels-idx1-ubyte.gz`; a name that says nothing of pictures only gets the axes. */
function labelsOf(name: string): string {
  const named = name.replace(/images/i, "labels").replace(/idx[34]/i, "idx1");
  return named === name ? "…-labels-idx1-ubyte" : named;
}

/** Into the place that the sizes at its head ask for: nothing is held twice, and no turn of the thread is long. */
async function readIdx(path: string, name: string, mostBytes?: number): Promise<IdxFile> {
  const damaged = (expected: string, received: string, cause?: unknown): AppError =>
    new AppError("data.idx_damaged", { file: name, expected, received }, { cause });
  const head = Buffer.from(await contentHead(path));
  const axes = head[3] ?? 0;
  const header = 4 + 4 * axes;
  if (head.length < header || head[0] !== 0 || head[1] !== 0 || head[2] !== UNSIGNED_BYTES || axes === 0)
    throw damaged("idx", head.length === 0 ? "0 bytes" : head.toString("hex", 0, 4));
  const sizes = Array.from({ length: axes }, (_, axis) => head.readUInt32BE(4 + 4 * axis));
  const expected = sizes.reduce((product, size) => product * size, 1);
  const [count = 0, ...shape] = sizes;
  refuseTooLarge(name, count, shape, mostBytes);
  const values = new Uint8Array(expected);
  let read = 0;
  try {
    for await (const piece of contentOf(path)) {
      const [skipped, at] = [Math.max(0, header - read), Math.max(0, read - header)];
      read += piece.length;
      values.set(piece.subarray(skipped, skipped + Math.max(0, expected - at)), at);
      if (read > header + expected) break;
    }
  } catch (thrown) {
    throw isUnpackingError(thrown) ? damaged("gzip", String(thrown), thrown) : thrown;
  }
  if (read !== header + expected) throw damaged(`${header + expected} bytes (${sizes.join(" × ")})`, `${read} bytes`);
  return { sizes, values };
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
