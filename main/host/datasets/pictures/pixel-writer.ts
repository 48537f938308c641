/**
 * Pixels on their way to the disk: they come in pieces and are written as a stored data set has them (stored-pictures.ts), so that memory
 * holds a piece of them and never all.
 */
import type { Hash } from "node:crypto";
import { type FileHandle, open, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../../../../core/errors.ts";
import type { PictureShape } from "../../../../core/graph/pixel-run.ts";
import { refuseAborted } from "../duckdb.ts";
import { headLine } from "./stored-pictures.ts";

/** Pixels in a file, in the form of a stored data set. */
export interface PixelFile {
  readonly path: string;
  readonly shape: PictureShape;
  readonly count: number;
  /** Where the first picture begins. */
  readonly start: number;
}

/** What is written, and read again, at a time: a few milliseconds of work on the thread that answers the window. */
const BLOCK_BYTES = 4 << 20;

export class PixelWriter {
  private readonly file: FileHandle;
  private readonly target: Omit<PixelFile, "count">;
  /** Small pieces are put together. */
  private readonly block = Buffer.alloc(BLOCK_BYTES);
  private held = 0;
  private written = 0;

  private constructor(file: FileHandle, target: Omit<PixelFile, "count">) {
    this.file = file;
    this.target = target;
  }

  /**
   * @param most pictures that will come; fewer may
   * @param of   what the person calls the file that they come from
   * @throws AppError data.pictures_over_disk
   */
  static async create(path: string, shape: PictureShape, most: number, of: string): Promise<PixelWriter> {
    await refuseOverDisk(path, shape, most, of);
    const start = headLine(shape, most).length;
    const file = await open(path, "w");
    return new PixelWriter(file, { path, shape, start });
  }

  /** @param pixels may be overwritten once this is done */
  async add(pixels: Uint8Array): Promise<void> {
    if (this.held + pixels.length > BLOCK_BYTES) await this.flush();
    if (pixels.length > BLOCK_BYTES) {
      await this.write(pixels);
      return;
    }
    this.block.set(pixels, this.held);
    this.held += pixels.length;
  }

  async finish(): Promise<PixelFile> {
    await this.flush();
    const { shape, start } = this.target;
    const count = this.written / (shape[0] * shape[1] * shape[2]);
    if (!Number.isInteger(count)) throw new Error(`${this.written} bytes are no whole pictures`);
    // Blanks stand in for the figures of a count that became shorter.
    await this.file.write(headLine(shape, count, start), 0, "latin1");
    await this.file.sync();
    return { ...this.target, count };
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async flush(): Promise<void> {
    if (this.held > 0) await this.write(this.block.subarray(0, this.held));
    this.held = 0;
  }

  private async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.target.start + this.written);
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }
}

/** Said before hours of decoding, where it is certain. */
async function refuseOverDisk(path: string, shape: PictureShape, pictures: number, file: string): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(dirname(path));
  const bytes = pictures * shape[0] * shape[1] * shape[2];
  // Some file systems do not say how large they are.
  if (blocks === 0 || bytes <= bavail * bsize) return;
  const megabytes = (count: number): number => Math.ceil(count / 2 ** 20);
  throw new AppError("data.pictures_over_disk", {
    file,
    pictures,
    shape: shape.join(" × "),
    megabytes: megabytes(bytes),
    free: megabytes(bavail * bsize),
  });
}

/** Read from the file, where they lie: what is hashed before them is known last. The thread is free between two blocks. */
export async function hashPixels(hash: Hash, { path, shape, count, start }: PixelFile, signal?: AbortSignal): Promise<Hash> {
  const file = await open(path);
  try {
    const block = Buffer.alloc(BLOCK_BYTES);
    const end = start + count * shape[0] * shape[1] * shape[2];
    for (let at = start; at < end; ) {
      refuseAborted(signal);
      const { bytesRead } = await file.read(block, 0, Math.min(BLOCK_BYTES, end - at), at);
      if (bytesRead === 0) throw new AppError("data.pictures_damaged", { file: path });
      hash.update(block.subarray(0, bytesRead));
      at += bytesRead;
    }
    return hash;
  } finally {
    await file.close();
  }
}
