/** The files of a folder or of a zip archive, to be read one after the other: names with slashes, sizes, and their bytes. */
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import type { Entry, Options, ZipFile } from "yauzl";
import { AppError } from "../../../../core/errors.ts";
import { loadedWhenAsked } from "../../loaded-when-asked.ts";
import { fileError } from "../file-errors.ts";
import { archiveError } from "./archive-errors.ts";

const zipReader = loadedWhenAsked("yauzl", async () => (await import("yauzl")).default);

export interface PictureFile {
  /** `cats/1.png`, as in the folder or archive. */
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}
/** Of a folder or an archive: it need not be held whole. */
export interface OpenedFile extends PictureFile {
  /** Of a folder: where it lies. */
  readonly path?: string;
  readonly size: number;
  readonly pieces: () => AsyncIterable<Uint8Array>;
}
export interface OpenedFiles {
  readonly files: readonly OpenedFile[];
  readonly sizeBytes: number;
  readonly close: () => void;
}

/** @throws AppError data.file_* that names the file in the folder, where it is gone by now */
export async function bytesOf({ name, bytes }: PictureFile): Promise<Uint8Array> {
  try {
    return await bytes();
  } catch (thrown) {
    throw fileError(thrown, name);
  }
}

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|bmp)$/i;
export const isPictureName = (name: string): boolean => PICTURE.test(name) && !/(^|\/)(\.|__MACOSX\/)/.test(name);

const WORKBOOK = "xl/workbook.xml";
/** Whether the archive is a workbook: one that says where its sheets are. */
export const isWorkbook = (names: readonly string[]): boolean => names.includes(WORKBOOK);

/** Those of an archive or folder that are data: a workbook's are logos and what it looks like. */
export function picturesAmong<F extends Pick<PictureFile, "name">>(files: readonly F[]): readonly F[] {
  return isWorkbook(files.map(({ name }) => name)) ? [] : files.filter(({ name }) => isPictureName(name));
}

/** What is taken for a table by its name, packed or not. */
const TABLE = /\.(csv|tsv|txt|data|jsonl|ndjson|parquet|xlsx)(\.gz)?$/i;
export const isTableName = (name: string): boolean => TABLE.test(name);
/** Beside a table such a file says something of it; alone it is one. */
const RECORDS = /\.json(\.gz)?$/i;
export const isRecordsName = (name: string): boolean => RECORDS.test(name);

/** A file that is held whole and is larger than this is no picture of anybody's. */
export const LARGEST_FILE = 256 << 20;
/** Bytes that a packed byte may become: PNG and JPEG hardly pack at all. */
export const MOST_GROWTH = 200;

export const inMegabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

export async function openFolder(folder: string): Promise<OpenedFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: OpenedFile[] = [];
  let sizeBytes = 0;
  for (const entry of entries) {
    // A link may point out of the folder: what it leads to was not chosen.
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    sizeBytes += size;
    const name = relative(folder, path).split(sep).join("/");
    files.push({ name, path, size, bytes: () => readFile(path), pieces: () => unchangedPieces(path, name, size) });
  }
  return { files: inOrder(files), sizeBytes, close: () => {} };
}

/** @throws AppError data.file_changed where it is written to meanwhile, or was since it was found */
async function* unchangedPieces(path: string, name: string, size: number): AsyncGenerator<Uint8Array, void, void> {
  const before = await stat(path);
  yield* createReadStream(path);
  const now = await stat(path);
  if (before.size !== size || now.size !== size || now.mtimeMs !== before.mtimeMs) throw new AppError("data.file_changed", { file: name });
}

/** @throws AppError host.part_not_loaded, data.zip_bomb, data.workbook_too_large, those of archiveError; yauzl refuses names that climb out of the folder */
export async function openZip(path: string, name: string): Promise<OpenedFiles> {
  const { open } = await zipReader();
  try {
    const archive = await promisify<string, Options, ZipFile>(open)(path, { lazyEntries: true, autoClose: false });
    const openStream = promisify(archive.openReadStream.bind(archive));
    const entries = await entriesOf(archive);
    const ofWorkbook = isWorkbook(entries.map(({ fileName }) => fileName));
    const files = entries.map((entry): OpenedFile => {
      const { fileName, uncompressedSize: size, compressedSize } = entry;
      const grows = size > MOST_GROWTH * Math.max(1024, compressedSize);
      const isLarge = size > LARGEST_FILE;
      // Nobody unpacks a workbook: what helps is to save it as something else.
      const code = ofWorkbook && !grows ? "data.workbook_too_large" : "data.zip_bomb";
      const bomb = new AppError(code, { file: name, entry: fileName, megabytes: inMegabytes(size) });
      // A table may be large: it goes to the disk, and never into memory.
      if ((isLarge && !isTableName(fileName) && !isRecordsName(fileName)) || grows) {
        archive.close();
        throw bomb;
      }
      const pieces = (): AsyncIterable<Uint8Array> => piecesOf(() => openStream(entry), entry, name);
      const bytes = async (): Promise<Uint8Array> => {
        if (isLarge) throw bomb;
        const chunks: Uint8Array[] = [];
        for await (const chunk of pieces()) chunks.push(chunk);
        return Buffer.concat(chunks);
      };
      return { name: fileName, size, pieces, bytes };
    });
    return { files: inOrder(files), sizeBytes: (await stat(path)).size, close: () => archive.close() };
  } catch (thrown) {
    throw archiveError(thrown, name);
  }
}

async function* piecesOf(
  open: () => Promise<NodeJS.ReadableStream>,
  entry: Entry,
  archive: string,
): AsyncGenerator<Uint8Array, void, void> {
  let sum = 0;
  try {
    for await (const chunk of await open()) {
      sum = crc32(chunk as Uint8Array, sum);
      yield chunk as Uint8Array;
    }
    // The library leaves that to whoever reads: a flipped bit would be another colour that nobody notices.
    if (sum !== entry.crc32) throw new Error(`checksum ${sum}, expected ${entry.crc32}`);
  } catch (thrown) {
    throw archiveError(thrown, archive, entry.fileName);
  }
}

function entriesOf(archive: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    archive.on("entry", (entry: Entry) => {
      if (!entry.fileName.endsWith("/")) entries.push(entry);
      archive.readEntry();
    });
    archive.on("end", () => resolve(entries));
    archive.on("error", reject);
    archive.readEntry();
  });
}

/** By name, so that the order of the disk makes no other data set of the same pictures. */
export const inOrder = <F extends PictureFile>(files: F[]): F[] => files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
