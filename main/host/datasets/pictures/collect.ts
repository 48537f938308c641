/**
 * Pictures of a folder or archive brought to one size: a folder a class, or a table of labels beside them. sharp decodes
 * and resizes off the thread that serves the window.
 */
import { AppError } from "../../../../core/errors.ts";
import type { PictureShape } from "../../../../core/graph/pixel-run.ts";
import { loadedWhenAsked } from "../../loaded-when-asked.ts";
import { refuseAborted } from "../duckdb.ts";
import { Turns } from "../turns.ts";
import type { CollectedPictures } from "./collected.ts";
import { type Labels, labelsFor } from "./labels.ts";
import { type BrokenPicture, MOST_PIXELS, pictureFault } from "./picture-faults.ts";
import { isPictureName, type OpenedFiles, type PictureFile } from "./picture-files.ts";
import type { PictureFormat } from "./picture-format.ts";
import { PixelWriter } from "./pixel-writer.ts";

export interface CollectOptions extends PictureFormat {
  /** Of a table of labels among the files, where the person names it. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how much of the work is done, 0 to 1, and how many pictures are. */
  readonly onShare?: (share: number, pictures: number) => void;
}

const pictureDecoder = loadedWhenAsked("sharp", async () => (await import("sharp")).default);
type Decoder = Awaited<ReturnType<typeof pictureDecoder>>;

const USUAL_SIZE = [64, 64] as const;
/** Pictures all of one size are kept so up to this many pixels. */
const LARGEST_KEPT = 256 * 256;
const AT_ONCE = 4;
/** Of the work: looking at the sizes of all, before any is decoded. */
const SHARE_OF_SIZES = 0.3;
const PIECE_BYTES = 64 << 20;

interface Facts {
  readonly file: PictureFile;
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

/**
 * @param pixelsAt where their pixels are written
 * @throws AppError host.part_not_loaded, data.no_pictures, data.pictures_over_disk, data.import_cancelled, those of labelsFor
 */
export async function collectPictures(
  opened: OpenedFiles,
  name: string,
  pixelsAt: string,
  options: CollectOptions = {},
): Promise<CollectedPictures> {
  const pictures = opened.files.filter((file) => isPictureName(file.name));
  const labels = await labelsFor(opened.files, pictures, options);
  const broken: CollectedPictures["broken"][number][] = [];
  const facts: Facts[] = [];
  let looked = 0;
  await inTurns(pictures, options.signal, async (file, place) => {
    const found = await factsOf(file);
    if ("fault" in found) broken.push({ ...found, file: file.name });
    else facts[place] = found;
    looked += 1;
    options.onShare?.((SHARE_OF_SIZES * looked) / pictures.length, 0);
  });
  const readable = facts.filter((one) => one !== undefined);
  if (readable.length === 0) throw new AppError("data.no_pictures", { file: name, broken: broken.length });
  const shape = shapeFor(readable, options);
  const writer = await PixelWriter.create(pixelsAt, shape, readable.length, name);
  try {
    const files = readable.map(({ file }) => file);
    const good = await decodeInto(writer, files, shape, options, (file, fault) => broken.push({ ...fault, file: file.name }));
    if (good.length === 0) throw new AppError("data.no_pictures", { file: name, broken: broken.length });
    return { ...(await withLabels(good, labels, options.signal)), pixels: await writer.finish(), broken, sizeBytes: opened.sizeBytes };
  } finally {
    await writer.close();
  }
}

function shapeFor(readable: readonly Facts[], { size, channels }: PictureFormat): PictureShape {
  const [height, width] = size ?? commonSize(readable);
  return [height, width, channels ?? (readable.every(({ grey }) => grey) ? 1 : 3)];
}

/**
 * In their order, a piece of them at a time: what waits for the disk is one piece.
 * @returns those that could be decoded
 */
async function decodeInto(
  writer: PixelWriter,
  files: readonly PictureFile[],
  [height, width, channels]: PictureShape,
  { pieceBytes = PIECE_BYTES, signal, onShare }: CollectOptions,
  onBroken: (file: PictureFile, fault: BrokenPicture) => void,
): Promise<PictureFile[]> {
  const each = height * width * channels;
  const most = Math.min(files.length, Math.max(AT_ONCE, Math.floor(pieceBytes / each)));
  const piece = new Uint8Array(most * each);
  const kept: PictureFile[] = [];
  let done = 0;
  for (let from = 0; from < files.length; from += most) {
    const some = files.slice(from, from + most);
    const good = new Set<PictureFile>();
    await inTurns(some, signal, async (file, place) => {
      const decoded = await decode(file, height, width, channels === 1 ? 1 : 3);
      if ("fault" in decoded) onBroken(file, decoded);
      else {
        piece.set(decoded, place * each);
        good.add(file);
      }
      done += 1;
      onShare?.(SHARE_OF_SIZES + ((1 - SHARE_OF_SIZES) * done) / files.length, done);
    });
    // The gaps close that those leave which could not be decoded after all.
    let filled = 0;
    some.forEach((file, place) => {
      if (!good.has(file)) return;
      if (filled < place) piece.copyWithin(filled * each, place * each, (place + 1) * each);
      filled += 1;
      kept.push(file);
    });
    await writer.add(piece.subarray(0, filled * each));
  }
  return kept;
}

async function factsOf(file: PictureFile): Promise<Facts | BrokenPicture> {
  return reading<Facts>(file, async (bytes, sharp) => {
    const { autoOrient, channels, space } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
    // As it is seen, which is how it is decoded: cameras write what is upright lying.
    const { width, height } = autoOrient;
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
  return reading<Uint8Array>(file, async (bytes, sharp) => {
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
  act: (read: Uint8Array, sharp: Decoder) => Promise<T | BrokenPicture>,
): Promise<T | BrokenPicture> {
  // Not among what is tried: a picture is not broken because its decoder cannot be had.
  const sharp = await pictureDecoder();
  let read: Uint8Array | null = null;
  try {
    read = await bytes();
    return await act(read, sharp);
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

async function withLabels(
  kept: readonly PictureFile[],
  labels: Labels,
  signal: AbortSignal | undefined,
): Promise<Pick<CollectedPictures, "names" | "rows" | "parts" | "table">> {
  const paths = kept.map(({ name }) => name);
  const { parts, table } = labels;
  return {
    names: ["file", ...labels.names],
    rows: await new Turns(signal).map(paths, (path) => [path, ...labels.cellsOf(path)]),
    ...(parts === undefined ? {} : { parts }),
    ...(table === undefined ? {} : { table: { encoding: table.encoding, warnings: await table.warningsFor(paths) } }),
  };
}
