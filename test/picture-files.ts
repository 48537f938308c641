/** Small files of pictures for tests of the host, the command line and the window: zip archives, idx files, one-colour PNGs. */
import { crc32 } from "node:zlib";
import sharp from "sharp";

/** One colour all over. */
export const png = (red: number, green: number, blue: number, width = 8, height = 6): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer();

/** A zip archive whose entries are stored as they are. */
export function zip(entries: readonly { readonly name: string; readonly content: Uint8Array }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

/** Unsigned bytes with these axes, as MNIST's files have them. */
export function idx(sizes: readonly number[], values: Iterable<number>): Buffer {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt32BE(0x0800 | sizes.length, 0);
  sizes.forEach((size, axis) => head.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([head, Buffer.from([...values])]);
}

/** Folders `red` and `blue` of `count` pictures each, in shades. */
export async function redAndBlue(count: number): Promise<Buffer> {
  const entries: { name: string; content: Uint8Array }[] = [];
  for (let place = 0; place < count; place += 1) {
    const light = 120 + ((place * 37) % 120);
    entries.push({ name: `red/${place}.png`, content: await png(light, 20, 20) });
    entries.push({ name: `blue/${place}.png`, content: await png(20, 20, light) });
  }
  return zip(entries);
}

/** Tables of questions about the pictures of `redAndBlue(6)`; the last row of the first names a picture that is not there. */
export const questions: Readonly<Record<"train.csv" | "test.csv", string>> = {
  "train.csv": `image,asked,answer\n${questionRows(16)}red/99.png,shade 1,warm\n`,
  "test.csv": `image,asked,answer\n${questionRows(4)}`,
};

function questionRows(count: number): string {
  const row = (place: number): string =>
    place % 2 === 0 ? `red/${place % 6}.png,shade ${place % 3},warm` : `blue/${place % 6}.png,shade ${place % 3},cold`;
  return Array.from({ length: count }, (_, place) => `${row(place)}\n`).join("");
}
