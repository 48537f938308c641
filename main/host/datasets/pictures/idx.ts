/**
 * idx files (MNIST's format): a magic number that tells type and axes, sizes, then bytes. Pictures are a file of unsigned
 * bytes with three axes (four with colour), labels one with one axis of the same length.
 * Source: Y. LeCun, "The MNIST database", file formats at the foot of the page.
 */
import { open, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "../../../../core/errors.ts";
import { type CollectedPictures, MAX_PIXEL_BYTES } from "./collected.ts";

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
 * @throws AppError data.idx_damaged, data.idx_labels_differ
 */
export async function readIdxPictures(path: string, name: string, labels?: string): Promise<CollectedPictures> {
  const pictures = await readIdx(path, name);
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

async function readIdx(path: string, name: string): Promise<IdxFile> {
  const packed = await readFile(path);
  const bytes: Uint8Array = packed[0] === 0x1f && packed[1] === 0x8b ? await unpack(packed, name) : packed;
  const axes = bytes[3] ?? 0;
  const header = 4 + 4 * axes;
  if (bytes.length < header || bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== UNSIGNED_BYTES || axes === 0)
    throw new AppError("data.idx_damaged", { file: name, expected: "idx", received: `${bytes.length} bytes` });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected)
    throw new AppError("data.idx_damaged", {
      file: name,
      expected: `${expected} bytes (${sizes.join(" × ")})`,
      received: `${bytes.length} bytes`,
    });
  return { sizes, values: bytes.subarray(header) };
}

async function unpack(packed: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: MAX_PIXEL_BYTES });
  } catch (thrown) {
    throw new AppError("data.idx_damaged", { file: name, expected: "gzip", received: String(thrown) }, { cause: thrown });
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
