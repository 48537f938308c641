/** Small files of pictures for tests of the host, the command line and the window: archives, idx files, one-colour PNGs. */
import sharp from "sharp";
import { zip } from "./zip-file.ts";

/** One colour all over. */
export const png = (red: number, green: number, blue: number, width = 8, height = 6): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer();

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
