/** The files of a folder or of a zip archive, to be read one after the other: names with slashes, sizes, and their bytes. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { AppError } from "../../../../core/errors.ts";
import { archiveError } from "./archive-errors.ts";

export interface PictureFile {
  /** `cats/1.png`, as in the folder or archive. */
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}
export interface OpenedFiles {
  readonly files: readonly PictureFile[];
  readonly sizeBytes: number;
  readonly close: () => void;
}

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|bmp)$/i;
export const isPictureName = (name: string): boolean => PICTURE.test(name) && !/(^|\/)(\.|__MACOSX\/)/.test(name);

/** A file that unpacks to more than this is no picture of anybody's. */
export const LARGEST_FILE = 256 << 20;
/** Bytes that a packed byte may become: PNG and JPEG hardly pack at all. */
export const MOST_GROWTH = 200;

export const inMegabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

export async function openFolder(folder: string): Promise<OpenedFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: PictureFile[] = [];
  let sizeBytes = 0;
  for (const entry of entries) {
    // A link may point out of the folder: what it leads to was not chosen.
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    sizeBytes += (await stat(path)).size;
    files.push({ name: relative(folder, path).split(sep).join("/"), bytes: () => readFile(path) });
  }
  return { files: inOrder(files), sizeBytes, close: () => {} };
}

/** @throws AppError data.zip_bomb, those of archiveError; yauzl refuses names that climb out of the folder */
export async function openZip(path: string, name: string): Promise<OpenedFiles> {
  try {
    const archive = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { lazyEntries: true, autoClose: false });
    const openStream = promisify(archive.openReadStream.bind(archive));
    const entries = await entriesOf(archive);
    const files = entries.map((entry): PictureFile => {
      if (entry.uncompressedSize > LARGEST_FILE || entry.uncompressedSize > MOST_GROWTH * Math.max(1024, entry.compressedSize)) {
        archive.close();
        throw new AppError("data.zip_bomb", { file: name, entry: entry.fileName, megabytes: inMegabytes(entry.uncompressedSize) });
      }
      return {
        name: entry.fileName,
        bytes: async () => {
          try {
            const chunks: Uint8Array[] = [];
            let sum = 0;
            for await (const chunk of await openStream(entry)) {
              chunks.push(chunk as Uint8Array);
              sum = crc32(chunk as Uint8Array, sum);
            }
            // The library leaves that to whoever reads: a flipped bit would be another colour that nobody notices.
            if (sum !== entry.crc32) throw new Error(`checksum ${sum}, expected ${entry.crc32}`);
            return Buffer.concat(chunks);
          } catch (thrown) {
            throw archiveError(thrown, name, entry.fileName);
          }
        },
      };
    });
    return { files: inOrder(files), sizeBytes: (await stat(path)).size, close: () => archive.close() };
  } catch (thrown) {
    throw archiveError(thrown, name);
  }
}

function entriesOf(archive: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  return new Promise((resolve, reject) => {
    archive.on("entry", (entry: yauzl.Entry) => {
      if (!entry.fileName.endsWith("/")) entries.push(entry);
      archive.readEntry();
    });
    archive.on("end", () => resolve(entries));
    archive.on("error", reject);
    archive.readEntry();
  });
}

/** By name, so that the order of the disk makes no other data set of the same pictures. */
export const inOrder = (files: PictureFile[]): PictureFile[] => files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
