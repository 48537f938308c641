/** A process that looks at some pictures of a stored data set, and prints the file and the first pixel of each as JSON. */
import { previewTable } from "../../main/host/datasets/load-table.ts";
import { somePictures } from "../../main/host/datasets/pictures/look.ts";
import type { Seen } from "./many-pictures.ts";

const [table = "", ...asked] = process.argv.slice(2);
const numbers = asked.map(Number);
const { shape, pixels } = await somePictures(table, numbers, 1024);
const bytes = Buffer.from(pixels, "base64");
const each = shape[0] * shape[1] * shape[2];
const seen: Seen[] = [];
for (const [place, number] of numbers.entries()) {
  const { rows } = await previewTable(table, number, 1);
  seen.push({ file: String(rows[0]?.[1]), corner: [...bytes.subarray(place * each, place * each + 3)] });
}
process.stdout.write(JSON.stringify(seen));
