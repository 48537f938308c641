/**
 * Pictures of a folder or archive brought to one size: a folder a class, or a table of labels beside them. sharp decodes
 * and resizes off the thread that serves the window.
 */
import sharp from "sharp";
import { AppError } from "../../../../core/errors.ts";
import { refuseAborted } from "../duckdb.ts";
import { type CollectedPictures, refuseTooLarge } from "./collected.ts";
import { type Labels, labelsFor } from "./labels.ts";
import { type BrokenPicture, MOST_PIXELS, pictureFault } from "./picture-faults.ts";
import { isPictureName, type OpenedFiles, type PictureFile } from "./picture-files.ts";
import type { PictureFormat } from "./picture-format.ts";

export interface CollectOptions extends PictureFormat {
  /** Of a table of labels among the files, where the person names it. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onPictures?: (done: number, all: number) => void;
}

const USUAL_SIZE = [64, 64] as const;
/** Pictures all of one size are kept so up to this many pixels. */
const LARGEST_KEPT = 256 * 256;
const AT_ONCE = 4;

interface Facts {
  readonly file: PictureFile;
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

/** @throws AppError data.no_pictures, data.too_many_pixels, data.pictures_over_memory, data.import_cancelled, those of labelsFor */
export async function collectPictures(opened: OpenedFiles, name: string, options: CollectOptions = {}): Promise<CollectedPictures> {
  const pictures = opened.files.filter((file) => isPictureName(file.name));
  const { size, mostBytes } = options;
  // What is known already is said before any is read.
  if (size !== undefined) refuseTooLarge(name, pictures.length, [...size, options.channels ?? 1], mostBytes);
  const labels = await labelsFor(opened.files, pictures, options.encoding);
  const broken: CollectedPictures["broken"][number][] = [];
  const facts: Facts[] = [];
  await inTurns(pictures, options.signal, async (file, place) => {
    const found = await factsOf(file);
    if ("fault" in found) broken.push({ ...found, file: file.name });
    else facts[place] = found;
  });
  const readable = facts.filter((one) => one !== undefined);
  if (readable.length === 0) throw new AppError("data.no_pictures", { file: name, broken: broken.length });
  const [height, width] = options.size ?? commonSize(readable);
  const channels = options.channels ?? (readable.every(({ grey }) => grey) ? 1 : 3);
  const each = height * width * channels;
  refuseTooLarge(name, readable.length, [height, width, channels], mostBytes);
  const pixels = new Uint8Array(each * readable.length);
  const good: boolean[] = [];
  let done = 0;
  await inTurns(readable, options.signal, async ({ file }, place) => {
    const decoded = await decode(file, height, width, channels);
    good[place] = !("fault" in decoded);
    if ("fault" in decoded) broken.push({ ...decoded, file: file.name });
    else pixels.set(decoded, place * each);
    done += 1;
    options.onPictures?.(done, readable.length);
  });
  return withoutBroken({ shape: [height, width, channels], pixels, readable, good, labels, broken, sizeBytes: opened.sizeBytes });
}

async function factsOf(file: PictureFile): Promise<Facts | BrokenPicture> {
  return reading<Facts>(file, async (bytes) => {
    const { width, height, channels, space } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
    if (!(width > 0 && height > 0)) return { fault: "no_size", detail: `${width} × ${height}` };
    return { file, width, height, grey: channels <= 2 || space === "b-w" };
  });
}

/** Transparent parts become white; of a moving picture the first frame is taken. */
export async function decode(
  file: Pick<PictureFile, "bytes">,
  height: number,
  width: number,
  channels: 1 | 3,
): Promise<Uint8Array | BrokenPicture> {
  return reading<Uint8Array>(file, async (bytes) => {
    const plain = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
      .rotate()
      .flatten({ background: "#ffffff" })
      .resize(width, height, { fit: "fill", kernel: "lanczos3" })
      .toColourspace(channels === 1 ? "b-w" : "srgb");
    const { data, info } = await plain.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    return info.channels === channels ? data : { fault: "not_read", detail: `${info.channels} channels` };
  });
}

async function reading<T>(
  { bytes }: Pick<PictureFile, "bytes">,
  act: (read: Uint8Array) => Promise<T | BrokenPicture>,
): Promise<T | BrokenPicture> {
  let read: Uint8Array | null = null;
  try {
    read = await bytes();
    return await act(read);
  } catch (thrown) {
    return pictureFault(read, thrown);
  }
}

function commonSize(facts: readonly Facts[]): readonly [number, number] {
  const [{ height, width } = { height: 0, width: 0 }] = facts;
  const alike = facts.every((one) => one.height === height && one.width === width);
  return alike && height * width <= LARGEST_KEPT ? [height, width] : USUAL_SIZE;
}

/** A few at once: sharp has threads of its own, and memory should not hold them all. */
async function inTurns<T>(
  list: readonly T[],
  signal: AbortSignal | undefined,
  act: (one: T, place: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    for (let place = next++; place < list.length; place = next++) {
      refuseAborted(signal);
      await act(list[place] as T, place);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

interface Collected extends Pick<CollectedPictures, "shape" | "pixels" | "broken" | "sizeBytes"> {
  readonly readable: readonly Facts[];
  readonly good: readonly boolean[];
  readonly labels: Labels;
}

/** Closes the gaps that pictures leave which could not be decoded after all. */
function withoutBroken({ shape, pixels, readable, good, labels, broken, sizeBytes }: Collected): CollectedPictures {
  const each = shape[0] * shape[1] * shape[2];
  const rows: (readonly string[])[] = [];
  readable.forEach(({ file }, place) => {
    if (good[place] !== true) return;
    pixels.copyWithin(rows.length * each, place * each, (place + 1) * each);
    rows.push([file.name, ...labels.cellsOf(file.name)]);
  });
  const parts = labels.parts === undefined ? {} : { parts: labels.parts };
  const table =
    labels.table === undefined
      ? {}
      : { table: { encoding: labels.table.encoding, warnings: labels.table.warningsFor(rows.map(([path = ""]) => path)) } };
  const names = ["file", ...labels.names];
  return { shape, pixels: pixels.subarray(0, rows.length * each), names, rows, broken, sizeBytes, ...parts, ...table };
}
